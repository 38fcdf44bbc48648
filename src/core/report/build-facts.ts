import { type CacheShare, type StepResult, cacheShare } from '../buildx/progress.ts';
import type { VertexTable } from '../buildx/vertex-table.ts';
import type { CriticalPath } from './critical-path.ts';
import { criticalPath, parallelFactor } from './critical-path.ts';
import { duration } from './intervals.ts';
import { phaseTimes } from './phase-times.ts';
import type { ReportedPhase, ReportedStep, ReportedVertex } from './report-steps.ts';
import { vertexPlaces, vertexRows } from './vertex-rows.ts';

const slowestCount = 5;

/** All that follows from a build's events alone: the same events give the same facts. */
export interface BuildFacts {
  readonly steps: ReportedStep[];
  readonly slowest: number[];
  readonly vertexes: ReportedVertex[];
  readonly phases: ReportedPhase[];
  readonly criticalPath: { ms: number; vertexes: number[] };
  readonly parallelFactor: number;
}

export function buildFacts(table: VertexTable, steps: readonly StepResult[]): BuildFacts {
  const rows = vertexRows(table);
  const places = vertexPlaces(table);
  const vertexes = rows.map(({ vertex }) => vertex);
  const path: CriticalPath = criticalPath(vertexes);
  return {
    steps: steps.map((step) => ({ ...reportedStep(step), ...placeOf(step, places) })),
    slowest: slowest(steps),
    vertexes,
    phases: [...phaseTimes(rows)],
    criticalPath: { ms: path.ms, vertexes: [...path.vertexes] },
    parallelFactor: parallelFactor(vertexes),
  };
}

export function reportedStep(step: StepResult): ReportedStep {
  const { platform, stage, index, count, instruction, outcome, ms } = step;
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(stage === undefined ? {} : { stage }),
    ...{ index, count, instruction, outcome, ms },
  };
}

function placeOf(
  { digest }: StepResult,
  places: ReadonlyMap<string, number>,
): Pick<ReportedStep, 'vertex'> {
  const vertex = places.get(digest);
  return vertex === undefined ? {} : { vertex };
}

function slowest(steps: readonly StepResult[]): number[] {
  return steps
    .map(({ ms, outcome }, at) => ({ ms, at, outcome }))
    .filter(({ ms, outcome }) => ms > 0 && outcome !== 'cached')
    .sort((a, b) => b.ms - a.ms || a.at - b.at)
    .slice(0, slowestCount)
    .map(({ at }) => at);
}

/** Time and share of one platform; of a build of one platform that names none, all of it. */
export function platformFacts(
  { vertexes }: Pick<BuildFacts, 'vertexes'>,
  steps: readonly StepResult[],
  platform: string,
): CacheShare & { readonly ms: number } {
  const isIts = (one: string | undefined): boolean => {
    // Cross compilation is told as linux/amd64->arm64.
    const [from = '', to] = (one ?? platform).split('->');
    return platform === (to === undefined ? from : `${from.split('/')[0] ?? ''}/${to}`);
  };
  return {
    ms: duration(vertexes.filter((one) => isIts(one.platform)).flatMap((one) => one.intervals)),
    ...cacheShare(steps.filter((step) => isIts(step.platform))),
  };
}
