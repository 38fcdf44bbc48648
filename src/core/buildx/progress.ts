import { isUserStep } from './step-name.ts';
import { type Vertex, type VertexTable, wasCanceled, workedMs } from './vertex-table.ts';

/** How a step of the user's ended. */
export interface StepResult {
  readonly digest: string;
  readonly number: number | undefined;
  readonly platform: string | undefined;
  readonly stage: string | undefined;
  readonly index: number;
  readonly count: number;
  readonly instruction: string;
  readonly outcome: 'cached' | 'done' | 'failed' | 'canceled' | 'not-run';
  /** Working time. */
  readonly ms: number;
}

/** Cached steps among those that were reached. */
export interface CacheShare {
  readonly cached: number;
  readonly reached: number;
}

/** The Dockerfile's own instructions but FROM, in the order they were reached. */
export function userSteps(table: VertexTable): readonly StepResult[] {
  const steps = table.all.flatMap((vertex) => {
    if (vertex.step === undefined || !isUserStep(vertex.step)) return [];
    const { digest, number, step } = vertex;
    const outcome = outcomeOf(vertex);
    return [
      {
        digest,
        number,
        ...step,
        platform: table.platformOf(vertex),
        outcome,
        ms: workedMs(vertex),
      },
    ];
  });
  return onceEach(steps).sort(
    (a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.index - b.index,
  );
}

const telling = ['not-run', 'canceled', 'cached', 'done', 'failed'] as const;

/**
 * A step that another build of the daemon is at, too, is told twice: as it ran, and as it was found (BuildKit,
 * solver/jobs.go, when it merges the two). What ran is what counts.
 */
function onceEach(steps: readonly StepResult[]): StepResult[] {
  const byName = new Map<string, StepResult>();
  for (const step of steps) {
    const { platform = '', stage = '', index, count, instruction } = step;
    const key = [platform, stage, index, count, instruction].join('\0');
    const other = byName.get(key);
    const isNews =
      other === undefined || telling.indexOf(step.outcome) > telling.indexOf(other.outcome);
    if (isNews) byName.set(key, step);
  }
  return [...byName.values()];
}

/** How a vertex of the graph ended. */
export function outcomeOf(vertex: Vertex): StepResult['outcome'] {
  if (vertex.error !== '') return wasCanceled(vertex) ? 'canceled' : 'failed';
  if (vertex.cached) return 'cached';
  return vertex.number === undefined || vertex.isRunning ? 'not-run' : 'done';
}

/** BuildKit's own share counts its internal steps, so that a fully cached build has 43 % (build-anchors 2.4). */
export function cacheShare(steps: readonly StepResult[]): CacheShare {
  const reached = steps.filter(({ outcome }) => outcome !== 'not-run' && outcome !== 'canceled');
  return {
    cached: reached.filter(({ outcome }) => outcome === 'cached').length,
    reached: reached.length,
  };
}

/** 0 to 100; 100 when there was nothing to do, which of a failed build says nothing. */
export function percentCached({ cached, reached }: CacheShare): number {
  return reached === 0 ? 100 : Math.floor((cached / reached) * 100);
}

/** Steps are told of all at once; what comes after them, export and push, has no measure. */
const shareOfSteps = 90;

/** Ended instructions among all, 0 to 90; 0 as long as BuildKit has not read the Dockerfile. */
export function percentDone(table: VertexTable): number {
  const steps = table.all.filter(({ step }) => step !== undefined);
  const ended = steps.filter(({ number, isRunning }) => number !== undefined && !isRunning).length;
  return steps.length === 0 ? 0 : Math.floor((ended / steps.length) * shareOfSteps);
}
