import * as v from 'valibot';
import { type BuilderPlan, type NodePlan, driverOptions } from './create-args.ts';

const nodeSchema = v.object({
  Name: v.string(),
  Endpoint: v.optional(v.string(), ''),
  /** `running` once the daemon answered; other words, e.g. `inactive`, when it did not. */
  Status: v.optional(v.string(), ''),
  Version: v.optional(v.string(), ''),
  Platforms: v.nullish(v.array(v.string()), []),
  DriverOpts: v.nullish(v.record(v.string(), v.string()), {}),
  Err: v.optional(v.string(), ''),
});

const builderSchema = v.object({
  Name: v.string(),
  Driver: v.optional(v.string(), ''),
  Err: v.optional(v.string(), ''),
  Nodes: v.nullish(v.array(nodeSchema), []),
});

/** One builder in `buildx ls --format json` (buildx, commands/ls.go). */
export type ListedBuilder = v.InferOutput<typeof builderSchema>;

/** Never `inspect`, whose text is for people. */
export const lsArgs: readonly string[] = ['ls', '--format', 'json'];

/**
 * The builder of that name. The output has one JSON object a line; before v0.21 one for each node of
 * a builder, all the same (docker/buildx pull request 2970).
 */
export function findBuilder(stdout: string, name: string): ListedBuilder | undefined {
  return stdout
    .split('\n')
    .map((line) => v.safeParse(builderSchema, parseLine(line)))
    .find((result) => result.success && result.output.Name === name)?.output as
    ListedBuilder | undefined;
}

/** Whether the builder is what the plan would create, so that it can stay. */
export function isAsPlanned({ Driver, Nodes }: ListedBuilder, { nodes }: BuilderPlan): boolean {
  if (Driver !== 'remote' || Nodes.length !== nodes.length) return false;
  return nodes.every((node) => Nodes.some((listed) => isNodeAsPlanned(listed, node)));
}

function isNodeAsPlanned(listed: ListedBuilder['Nodes'][number], node: NodePlan): boolean {
  // Without platforms of its own a node lists those of its daemon.
  const platforms = listed.Platforms.map((name) => name.replace('*', ''));
  return (
    listed.Name === node.name &&
    listed.Endpoint === node.endpoint &&
    equal(listed.DriverOpts, driverOptions(node)) &&
    (node.platforms.length === 0 || node.platforms.every((name) => platforms.includes(name)))
  );
}

function equal(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys({ ...left, ...right });
  return names.every((name) => left[name] === right[name]);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
