import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import * as v from 'valibot';
import { parseAllDocuments, stringify } from 'yaml';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

export const chartFolder = fileURLToPath(new URL('../../deploy/chart', import.meta.url));

/** Values of the chart, as a user would write them to a file. */
export type ChartValues = Readonly<Record<string, unknown>>;

const objectSchema = v.looseObject({
  kind: v.string(),
  metadata: v.looseObject({ name: v.string() }),
});

/** A rendered Kubernetes object. */
export type ChartObject = v.InferOutput<typeof objectSchema>;

/** What `helm template` made of values: YAML, or the sentences that refuse them. */
export interface Rendering {
  readonly yaml: string;
  readonly refusal: string;
}

/** Renders the chart as release "ci" in namespace "build" of a cluster of that Kubernetes. */
export async function render(values: ChartValues, kubernetes = '1.37.0'): Promise<Rendering> {
  const folder = await mkdtemp(join(tmpdir(), 'chart-'));
  try {
    const file = join(folder, 'values.yaml');
    await writeFile(file, stringify(values));
    const args = ['template', 'ci', chartFolder, '--namespace', 'build', '--values', file];
    args.push('--kube-version', kubernetes);
    const result = await execa(toolPath('helm'), args, { reject: false });
    const refusal = result.exitCode === 0 ? '' : result.stderr;
    return { yaml: result.stdout, refusal };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The objects of a chart that renders. @throws Error with Helm's words when it does not */
export async function renderedObjects(values: ChartValues): Promise<readonly ChartObject[]> {
  const { yaml, refusal } = await render(values);
  if (refusal !== '') throw new Error(refusal);
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as unknown)
    .filter((object) => object !== null)
    .map((object) => v.parse(objectSchema, object));
}

/** The one object of that kind and name. */
export function objectOf(objects: readonly ChartObject[], kind: string, name: string): ChartObject {
  const found = objects.filter((one) => one.kind === kind && one.metadata.name === name);
  const [object] = found;
  if (object === undefined || found.length > 1) {
    const all = objects.map((one) => `${one.kind}/${one.metadata.name}`).join(', ');
    throw new Error(`Expected one ${kind}/${name}, found ${found.length} among ${all}.`);
  }
  return object;
}

/** The file of that name in a ConfigMap. */
export function fileOf(object: ChartObject, file: string): string {
  const { data } = v.parse(v.looseObject({ data: v.record(v.string(), v.string()) }), object);
  const text = data[file];
  if (text === undefined) throw new Error(`${object.metadata.name} has no ${file}.`);
  return text;
}

/** Every file in a ConfigMap. */
export function filesOf(object: ChartObject): Readonly<Record<string, string>> {
  return v.parse(v.looseObject({ data: v.record(v.string(), v.string()) }), object).data;
}

const variables = v.array(v.object({ name: v.string(), value: v.optional(v.string(), '') }));
const workload = v.looseObject({
  spec: v.looseObject({
    template: v.looseObject({
      spec: v.looseObject({
        containers: v.array(v.looseObject({ name: v.string(), env: v.optional(variables, []) })),
      }),
    }),
  }),
});

/** The variables of a container of a StatefulSet, DaemonSet or Deployment. */
export function containerEnvironment(
  object: ChartObject,
  container: string,
): Readonly<Record<string, string>> {
  const { containers } = v.parse(workload, object).spec.template.spec;
  const found = containers.find(({ name }) => name === container);
  if (found === undefined)
    throw new Error(`${object.metadata.name} has no container ${container}.`);
  return Object.fromEntries(found.env.map(({ name, value }) => [name, value]));
}
