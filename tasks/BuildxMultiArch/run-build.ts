import { type BuildMetadata, parseMetadata } from '../../src/core/buildx/build-metadata.ts';
import { type CacheTrouble, cacheTrouble } from '../../src/core/buildx/cache-trouble.ts';
import { type StepResult, userSteps } from '../../src/core/buildx/progress.ts';
import type { VertexTable } from '../../src/core/buildx/vertex-table.ts';
import { type Lint, lintFindings } from '../../src/core/report/lint.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { describeCommand } from './explain-plan.ts';
import { mergeParts } from './merge-parts.ts';
import type { BuildPart, BuildPlan, PlannedImage } from './planned-parts.ts';
import { RelayedBuild } from './relay-build.ts';
import { type OutcomeFailure, RelayedPart } from './relay-part.ts';
import type { PartRun } from './part-run.ts';
import { runPart } from './run-part.ts';
import type { StepPaths } from './step-paths.ts';
import type { Attempt } from './try-part.ts';

/** What was made, and its digest where it was pushed or exported. */
export interface BuiltImage extends PlannedImage {
  readonly digest: string | undefined;
}

/** How a build went. */
export interface BuildOutcome {
  readonly result: 'succeeded' | 'failed' | 'canceled';
  readonly startedAtMs: number;
  readonly ms: number;
  /** Of the last attempt of each part. */
  readonly steps: readonly StepResult[];
  /** The whole build graph. */
  readonly table: VertexTable;
  readonly lint: readonly Lint[];
  readonly troubles: readonly CacheTrouble[];
  /** Of the first image. */
  readonly metadata: BuildMetadata;
  /** As planned, each with what became of it. */
  readonly images: readonly BuiltImage[];
  /** Of all parts; those of the part that ended first come first. */
  readonly attempts: readonly Attempt[];
  /** Names of the replicas that built it in the end. */
  readonly replicas: readonly string[];
  readonly failure?: OutcomeFailure;
}

/** What the plan itself does not say. */
type BuildRun = Pick<PartRun, 'settings' | 'replicas' | 'refill'>;

/** Runs buildx and relays what it tells; a failed build is an outcome, not an exception. */
export async function runBuild(
  plan: BuildPlan,
  run: BuildRun,
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<BuildOutcome> {
  const { host, clock, files } = ports;
  const { settings, replicas } = run;
  const relayed = new RelayedBuild(plan, ports);
  const startedAtMs = clock.now();
  const ended = await host.group('Build', () => runParts(plan, run, relayed, ports));
  const end = endOf(ended) ?? (await mergeParts(plan, settings, paths, ports));
  const hasImage = end.result === 'succeeded';
  return {
    ...end,
    startedAtMs,
    ms: clock.now() - startedAtMs,
    steps: userSteps(relayed.table),
    table: relayed.table,
    lint: lintFindings(relayed.warnings, (path, vertex) => relayed.pathOf(path, vertex)),
    troubles: relayed.table.all.flatMap((vertex) => cacheTrouble(vertex) ?? []),
    ...builtOf(plan, hasImage ? await files.readText(paths.metadataFile) : undefined),
    attempts: ended.flat(),
    replicas: replicas.namesOf(plan.parts.flatMap(({ nodes }) => nodes)),
  };
}

function builtOf(
  { images }: BuildPlan,
  text: string | undefined,
): Pick<BuildOutcome, 'metadata' | 'images'> {
  const built = images.map((image) => ({ ...image, ...parseMetadata(text, image.target) }));
  const metadata = parseMetadata(text, images[0]?.target);
  return { metadata, images: built };
}

/** Why there is no image: builds that were stopped because of another one are not the news. Undefined when all went well. */
function endOf(
  ended: readonly (readonly Attempt[])[],
): Pick<BuildOutcome, 'result' | 'failure'> | undefined {
  const decisive = ended
    .map((attempts) => attempts.at(-1))
    .find((last) => last?.result === 'failed' || last?.result === 'canceled');
  if (decisive === undefined) return undefined;
  const { failure } = decisive;
  const result = decisive.result === 'canceled' ? 'canceled' : 'failed';
  return { result, ...(failure === undefined ? {} : { failure }) };
}

/**
 * All parts at once: each talks to its daemon by itself, which shares what they have in common.
 * In the order of their ends; the failure of one ends the others.
 */
async function runParts(
  { request, parts }: BuildPlan,
  run: BuildRun,
  relayed: RelayedBuild,
  ports: BuildTaskPorts,
): Promise<readonly (readonly Attempt[])[]> {
  const { retries, stallMs } = request.patience;
  const stop = new AbortController();
  const limits = { stallMs, stop: stop.signal };
  const ended: (readonly Attempt[])[] = [];
  const runOne = async (part: BuildPart): Promise<void> => {
    const { buildx, environment } = run.settings;
    ports.host.info(describeCommand(buildx.file, environment, part));
    const own = new RelayedPart(relayed, part.platform);
    const attempts = await runPart(part, own, { ...run, retries, limits }, ports);
    ended.push(attempts);
    if (attempts.at(-1)?.result === 'failed') stop.abort();
  };
  const isOver = (): boolean => ended.length === parts.length || stop.signal.aborted;
  void relayed.watchQuiet(isOver);
  await Promise.all(parts.map(runOne));
  return ended;
}
