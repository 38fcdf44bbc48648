import { type ListedBuilder, findBuilder, lsArgs } from '../../src/core/buildx/ls-output.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import { type BuildPlatform, platformsOn } from '../../src/core/platform/emulation.ts';
import { type Platform, formatPlatform } from '../../src/core/platform/platform.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { BuildTarget } from './planned-parts.ts';

/** The builder that runs, with what it does for this build. */
export interface ChosenBuilder {
  readonly name: string;
  readonly nodes: readonly ChosenNode[];
  readonly platforms: readonly BuildPlatform[];
  /** What it builds for when no platform is named. */
  readonly own: BuildPlatform | undefined;
}

export interface ChosenNode {
  readonly name: string;
  readonly endpoint: string;
  /** Of buildx's driver. */
  readonly options: Readonly<Record<string, string>>;
  readonly buildkitVersion: string;
}

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>;

/** buildx itself waits at most 20 s for daemons that do not answer. */
const answerLimitMs = 30_000;

/**
 * Asks buildx for the builder of that name, whether it answers, and for the platforms.
 * @throws UserError, CommandFailedError, CancelledError
 */
export async function chooseBuilder(
  name: string,
  wanted: readonly Platform[],
  { buildx, environment }: BuildxSettings,
  { host, commands, cancellation }: Ports,
): Promise<ChosenBuilder> {
  const command = { file: buildx.file, args: lsArgs, env: environment, timeoutMs: answerLimitMs };
  const result = await commands.run(command);
  if (cancellation.aborted) throw new CancelledError('the look at the builder');
  if (!succeeded(result)) throw commandFailed(result, (text) => host.redact(text));
  const listed = findBuilder(result.stdout, name);
  if (listed === undefined)
    throw new UserError([noSuchBuilder(name, environment['BUILDX_CONFIG'])]);
  const silent = listed.Nodes.filter(({ Status }) => Status !== 'running');
  if (listed.Nodes.length === silent.length) throw new UserError([notRunning(listed)]);
  const nodePlatforms = listed.Nodes.map(({ Platforms: platforms }) => ({ platforms }));
  const found = platformsOn(nodePlatforms, wanted);
  const missing = wanted.filter((_, at) => found[at] === undefined);
  if (missing.length > 0) throw new UserError([missingPlatforms(name, missing, listed)]);
  return {
    name,
    nodes: nodesIn(listed),
    platforms: found.filter((one) => one !== undefined),
    own: platformsOn(nodePlatforms, [])[0],
  };
}

function nodesIn({ Nodes }: ListedBuilder): readonly ChosenNode[] {
  return Nodes.map(({ Name, Endpoint, DriverOpts, Version }) => ({
    name: Name,
    endpoint: Endpoint,
    options: { ...DriverOpts },
    buildkitVersion: Version.replace(/^v/, ''),
  }));
}

/** Each platform of the build with the node that builds it. */
export function targetsOf({ platforms, nodes }: ChosenBuilder): readonly BuildTarget[] {
  return platforms.map(({ platform, node: at }) => {
    const node = nodes[at]?.name;
    return { platform, ...(node === undefined ? {} : { node }) };
  });
}

function noSuchBuilder(name: string, folder: string | undefined): Problem {
  return {
    where: 'builder',
    what: `buildx knows no builder "${name}" in ${folder ?? 'its own folder'}.`,
    change:
      'Run the task SetupBuildkitBuilder in this job, or check the name and that BUILDX_CONFIG is the folder it was made in.',
  };
}

function notRunning({ Name, Err, Nodes }: ListedBuilder): Problem {
  const seen = Nodes.map(({ Endpoint, Status, Err: error }) =>
    [Endpoint, Status, error].filter((part) => part !== '').join(' '),
  );
  return {
    where: 'builder',
    what: `No node of builder "${Name}" answers: ${[Err, ...seen].filter((part) => part !== '').join('; ')}.`,
    change: 'Check the BuildKit daemon; SetupBuildkitBuilder says the exact cause.',
  };
}

function missingPlatforms(
  name: string,
  missing: readonly Platform[],
  { Nodes }: ListedBuilder,
): Problem {
  const known = [...new Set(Nodes.flatMap(({ Platforms }) => Platforms))].join(', ');
  return {
    where: 'platforms',
    what: `Builder "${name}" cannot build for ${missing.map(formatPlatform).join(', ')}; it can for ${known}.`,
    change:
      'Attach to a daemon of that architecture, or install QEMU where the daemon runs (qemu-user-static, or the binfmt image).',
  };
}
