import { stepPlace } from '../buildx/step-name.ts';
import { shorten } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import type { Interval } from './intervals.ts';
import type { Phase } from './phase.ts';
import { withoutOptions } from './step-rows.ts';

/** One line of a timeline. */
export interface TimelineBar {
  readonly label: string;
  /** On the clock of the report's `vertexes`. */
  readonly intervals: readonly Interval[];
  readonly ms: number;
  /** It is on the longest chain. */
  readonly isCritical: boolean;
  readonly isFailed: boolean;
}

/** How much of a build is shown. */
export interface TimelineLimits {
  /** Of more steps the slowest ones are taken. */
  readonly steps: number;
  /** Characters of a label. */
  readonly label: number;
}

const labels: Readonly<Record<Phase, string>> = {
  context: 'context',
  pull: 'base images',
  cacheImport: 'cache import',
  build: 'steps',
  export: 'export',
  push: 'push',
  cacheExport: 'cache export',
  other: 'other',
};

/** When what worked: context, base images and cache, then the steps in the order in which they began, then the export. */
export function timelineBars(report: BuildReport, limits: TimelineLimits): readonly TimelineBar[] {
  return [
    ...phaseBars(report, isBefore),
    ...stepBars(report, limits),
    ...phaseBars(report, isAfter),
  ];
}

/** When the last of them ends, in ms. */
export function endOf(bars: readonly Pick<TimelineBar, 'intervals'>[]): number {
  return bars.reduce(
    (end, { intervals }) => intervals.reduce((last, [, to]) => Math.max(last, to), end),
    0,
  );
}

const before: readonly Phase[] = ['context', 'pull', 'cacheImport'];
const after: readonly Phase[] = ['export', 'push', 'cacheExport'];
const isBefore = (phase: Phase): boolean => before.includes(phase);
const isAfter = (phase: Phase): boolean => after.includes(phase);

function phaseBars(
  { phases }: BuildReport,
  isWanted: (phase: Phase) => boolean,
): readonly TimelineBar[] {
  return phases
    .filter(({ phase }) => isWanted(phase))
    .map(({ phase, intervals, ms }) => ({
      label: labels[phase],
      intervals,
      ms,
      ...{ isCritical: false, isFailed: false },
    }));
}

/** Those that worked; of many the slowest; in the order in which they began. */
function stepBars(
  { steps, vertexes, criticalPath }: BuildReport,
  limits: TimelineLimits,
): readonly TimelineBar[] {
  return steps
    .filter(({ ms, outcome }) => ms > 0 && outcome !== 'cached')
    .sort((a, b) => b.ms - a.ms)
    .slice(0, limits.steps)
    .map((step) => ({
      label: shorten(labelOf(step), limits.label),
      intervals: vertexes[step.vertex ?? -1]?.intervals ?? [],
      ms: step.ms,
      isCritical: criticalPath.vertexes.includes(step.vertex ?? -1),
      isFailed: step.outcome === 'failed',
    }))
    .sort((a, b) => (a.intervals[0]?.[0] ?? 0) - (b.intervals[0]?.[0] ?? 0));
}

function labelOf(step: BuildReport['steps'][number]): string {
  const platform = step.platform === undefined ? '' : `${step.platform.replace(/^linux\//, '')} `;
  const place = stepPlace({ ...step, platform: undefined, stage: step.stage });
  return `${platform}${place} ${withoutOptions(step.instruction)}`;
}
