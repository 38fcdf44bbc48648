import { stepPlace } from '../buildx/step-name.ts';
import { formatSeconds, shorten } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import type { Interval } from './intervals.ts';
import type { Phase } from './phase.ts';
import { withoutOptions } from './step-rows.ts';

const width = 40;
const mostSteps = 25;
const labelLimit = 44;

interface Bar {
  readonly label: string;
  readonly intervals: readonly Interval[];
  readonly ms: number;
  readonly isCritical: boolean;
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

/** When what worked, one line each: `█` on the critical path, `▒` beside it; empty when nothing did. */
export function timeline(report: BuildReport): readonly string[] {
  const bars = [...phaseBars(report, isBefore), ...stepBars(report), ...phaseBars(report, isAfter)];
  const end = Math.max(0, ...bars.flatMap(({ intervals }) => intervals.map(([, to]) => to)));
  if (end === 0) return [];
  const longest = Math.max(...bars.map(({ label }) => label.length));
  const scale = `${''.padEnd(longest)}  0 s${formatSeconds(end).padStart(width - 3)}`;
  return [scale, ...bars.map((bar) => `${bar.label.padEnd(longest)}  ${drawn(bar, end)}`)];
}

const before: readonly Phase[] = ['context', 'pull', 'cacheImport'];
const after: readonly Phase[] = ['export', 'push', 'cacheExport'];
const isBefore = (phase: Phase): boolean => before.includes(phase);
const isAfter = (phase: Phase): boolean => after.includes(phase);

function phaseBars({ phases }: BuildReport, isWanted: (phase: Phase) => boolean): readonly Bar[] {
  return phases
    .filter(({ phase }) => isWanted(phase))
    .map(({ phase, intervals, ms }) => ({
      label: labels[phase],
      intervals,
      ms,
      isCritical: false,
    }));
}

/** Those that worked; of many the slowest; in the order in which they began. */
function stepBars({ steps, vertexes, criticalPath }: BuildReport): readonly Bar[] {
  return steps
    .filter(({ ms, outcome }) => ms > 0 && outcome !== 'cached')
    .sort((a, b) => b.ms - a.ms)
    .slice(0, mostSteps)
    .map((step) => ({
      label: shorten(labelOf(step), labelLimit),
      intervals: vertexes[step.vertex ?? -1]?.intervals ?? [],
      ms: step.ms,
      isCritical: criticalPath.vertexes.includes(step.vertex ?? -1),
    }))
    .sort((a, b) => (a.intervals[0]?.[0] ?? 0) - (b.intervals[0]?.[0] ?? 0));
}

function labelOf(step: BuildReport['steps'][number]): string {
  const platform = step.platform === undefined ? '' : `${step.platform.replace(/^linux\//, '')} `;
  const place = stepPlace({ ...step, platform: undefined, stage: step.stage });
  return `${platform}${place} ${withoutOptions(step.instruction)}`;
}

function drawn({ intervals, ms, isCritical }: Bar, end: number): string {
  const cells = Array.from({ length: width }, (_, at) => {
    const [from, to] = [(at / width) * end, ((at + 1) / width) * end];
    return intervals.some(([a, b]) => a < to && (b > from || (a === b && a >= from)));
  });
  const sign = isCritical ? '█' : '▒';
  return `${cells.map((isAtWork) => (isAtWork ? sign : '·')).join('')} ${formatSeconds(ms)}`;
}
