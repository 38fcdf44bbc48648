import { type BuildFailure, buildFailure } from '../../src/core/buildx/build-failure.ts';
import { type BuildMetadata, parseMetadata } from '../../src/core/buildx/build-metadata.ts';
import { type CacheTrouble, cacheTrouble } from '../../src/core/buildx/cache-trouble.ts';
import { type StepResult, userSteps } from '../../src/core/buildx/progress.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildSettings, BuildxSettings } from './buildx-settings.ts';
import { describeCommand } from './explain-plan.ts';
import { mergeParts } from './merge-parts.ts';
import type { BuildPart, BuildPlan } from './plan-build.ts';
import { RelayedBuild } from './relay-build.ts';
import type { StepPaths } from './step-paths.ts';

/** How a build went. */
export interface BuildOutcome {
  readonly result: 'succeeded' | 'failed' | 'canceled';
  readonly startedAtMs: number;
  readonly ms: number;
  readonly steps: readonly StepResult[];
  readonly troubles: readonly CacheTrouble[];
  readonly metadata: BuildMetadata;
  readonly failure?: OutcomeFailure;
}

export interface OutcomeFailure extends BuildFailure {
  /** Of the vertex that failed. */
  readonly lastLines: readonly string[];
  /** The one that says most. */
  readonly lastWords: string | undefined;
}

/** Runs buildx and relays what it tells; a failed build is an outcome, not an exception. */
export async function runBuild(
  plan: BuildPlan,
  settings: BuildSettings,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<BuildOutcome> {
  const { host, clock, files } = ports;
  const relayed = new RelayedBuild(plan.request.sources.dockerfile, ports);
  const startedAtMs = clock.now();
  const results = await host.group('Build', () => relayParts(plan.parts, settings, relayed, ports));
  // The failure counts before builds that were cancelled because of it.
  const decisive = results.find((one) => resultOf(one) !== 'succeeded');
  const result = decisive ?? results[0];
  if (result === undefined) throw new Error('A plan has at least one build.');
  if (decisive === undefined) await mergeParts(plan, settings, paths, ports);
  return {
    result: resultOf(result),
    startedAtMs,
    ms: clock.now() - startedAtMs,
    steps: userSteps(relayed.table),
    troubles: relayed.table.all.flatMap((vertex) => cacheTrouble(vertex) ?? []),
    metadata: parseMetadata(await files.readText(paths.metadataFile)),
    ...(resultOf(result) === 'failed' ? { failure: failureOf(relayed, result) } : {}),
  };
}

/** All parts at once: each talks to the daemon by itself, which shares what they have in common. */
function relayParts(
  parts: readonly BuildPart[],
  settings: BuildxSettings,
  relayed: RelayedBuild,
  ports: TaskPorts,
): Promise<readonly CommandResult[]> {
  const running = parts.map((part) => {
    ports.host.info(describeCommand(settings.buildx.file, settings.environment, part));
    return relay(commandOf(part, settings), part.platform, relayed, ports);
  });
  return Promise.all(running);
}

function commandOf({ command }: BuildPart, { buildx, environment }: BuildxSettings): Command {
  const { args, env } = command;
  // A build has no limit of its own: the step and the job have theirs.
  return { file: buildx.file, args, env: { ...environment, ...env }, timeoutMs: 0 };
}

async function relay(
  command: Command,
  platform: string | undefined,
  relayed: RelayedBuild,
  { commands }: TaskPorts,
): Promise<CommandResult> {
  let ended = false;
  void relayed.watchQuiet(() => ended);
  try {
    return await commands.stream(command, (line) => {
      relayed.accept(line, platform);
    });
  } finally {
    ended = true;
  }
}

function resultOf(result: CommandResult): BuildOutcome['result'] {
  if (result.ending.kind === 'cancelled') return 'canceled';
  return succeeded(result) ? 'succeeded' : 'failed';
}

function failureOf(relayed: RelayedBuild, { ending }: CommandResult): OutcomeFailure {
  const { table, texts, plain } = relayed;
  const told =
    ending.kind === 'signalled' ? [...texts, `ERROR: buildx ended by ${ending.signal}`] : texts;
  const failure = buildFailure(table, told);
  const { place, vertex } = failure;
  return {
    ...failure,
    ...(place === undefined ? {} : { place: relayed.placeOf(place) }),
    lastLines: vertex === undefined ? [] : plain.log.tailOf(vertex.digest),
    lastWords: vertex === undefined ? undefined : plain.log.lastWordsOf(vertex.digest),
  };
}
