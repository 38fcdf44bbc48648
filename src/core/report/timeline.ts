import { formatSeconds } from '../text/measures.ts';
import type { BuildReport } from './build-report.ts';
import { type TimelineBar, endOf, timelineBars } from './timeline-bars.ts';

const width = 40;
const limits = { steps: 25, label: 44 };

/** When what worked, one line each: `█` on the critical path, `▒` beside it; empty when nothing did. */
export function timeline(report: BuildReport): readonly string[] {
  const bars = timelineBars(report, limits);
  const end = endOf(bars);
  if (end === 0) return [];
  const longest = Math.max(...bars.map(({ label }) => label.length));
  const scale = `${''.padEnd(longest)}  0 s${formatSeconds(end).padStart(width - 3)}`;
  return [scale, ...bars.map((bar) => `${bar.label.padEnd(longest)}  ${drawn(bar, end)}`)];
}

function drawn({ intervals, ms, isCritical }: TimelineBar, end: number): string {
  const cells = Array.from({ length: width }, (_, at) => {
    const [from, to] = [(at / width) * end, ((at + 1) / width) * end];
    return intervals.some(([a, b]) => a < to && (b > from || (a === b && a >= from)));
  });
  const sign = isCritical ? '█' : '▒';
  return `${cells.map((isAtWork) => (isAtWork ? sign : '·')).join('')} ${formatSeconds(ms)}`;
}
