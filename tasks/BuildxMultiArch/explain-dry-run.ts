import { join } from 'node:path/posix';
import * as v from 'valibot';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import { describeCommand, plannedRows } from './explain-plan.ts';
import { secretRows, sourceRows } from './explain-request.ts';
import type { BuildPart, BuildPlan } from './planned-parts.ts';
import type { CheckedRequest } from './read-request.ts';
import type { StepPaths } from './step-paths.ts';
import { table } from '../../src/core/text/table.ts';

/** What buildx itself writes of a builder (docker/buildx, store/nodegroup.go). */
const instanceText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Nodes: v.array(v.object({ Endpoint: v.string() })) }),
);

/** Prints what the step would do: references, sources, daemon and commands. Nothing is contacted or created. */
export async function explainDryRun(
  plan: BuildPlan,
  { accounts, builder }: CheckedRequest,
  paths: StepPaths,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  const loginFolder = accounts.length === 0 ? undefined : paths.loginFolder;
  const environment = buildxEnvironment(host, loginFolder);
  const store = environment['BUILDX_CONFIG'] ?? '';
  const instance = await files.readText(join(store, 'instances', builder));
  const rows = [
    ...plannedRows(plan.images),
    ['Builder', `${builder} (${endpointsIn(instance)})`],
    ...sourceRows(plan.request),
    ...secretRows(plan.request),
  ];
  const lines = [
    'Dry run: the inputs are well; nothing was contacted or created.',
    ...table(rows),
    'Without it, this step would write logins and large secrets for itself alone, run this, and remove them:',
    ...plan.parts.flatMap((part) => [
      ...definitionLines(plan, part, (text) => host.redact(text)),
      describeCommand('buildx', environment, part),
    ]),
  ];
  lines.forEach((line) => {
    host.info(line);
  });
}

/** Of a bake: its targets as they would be built. */
function definitionLines(
  { request }: BuildPlan,
  { command }: BuildPart,
  redact: (text: string) => string,
): readonly string[] {
  if (request.bake === undefined) return [];
  const path = command.args[command.args.indexOf('--file') + 1] ?? '';
  const definition: unknown = JSON.parse(command.files[path] ?? '{}');
  return redact(JSON.stringify(definition, undefined, 2)).split('\n');
}

function endpointsIn(instance: string | undefined): string {
  const result = v.safeParse(instanceText, instance);
  if (!result.success) return 'not attached in this job';
  return result.output.Nodes.map(({ Endpoint }) => Endpoint).join(', ');
}
