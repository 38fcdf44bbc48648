import type { BuildReport } from '../../src/core/report/build-report.ts';
import { type TimelineBar, endOf, timelineBars } from '../../src/core/report/timeline-bars.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import { bar } from './bars.ts';
import { chart } from './chart.ts';
import { element, hidden } from './element.ts';
import { part } from './part.ts';
import { status } from './status.ts';

/** Of more steps the slowest are shown; the table of all steps has the others. */
const limits = { steps: 40, label: 110 };

const chainLegend =
  '◆ and a tall bar: on the longest chain. Only a shorter chain makes the build shorter.';

/** When what worked; nothing of a build that did not come to work. */
export function buildTimeline(report: BuildReport): HTMLElement | undefined {
  const bars = timelineBars(report, limits);
  const end = endOf(bars);
  if (end === 0) return undefined;
  const worked = report.steps.filter(({ ms, outcome }) => ms > 0 && outcome !== 'cached').length;
  const left = worked - limits.steps;
  const hasChain = bars.some(({ isCritical }) => isCritical);
  const legend = [
    ...(hasChain ? [chainLegend] : []),
    ...(left > 0 ? [`The ${limits.steps} slowest of ${worked} steps are shown.`] : []),
  ];
  return part(
    'Timeline',
    element('p', { class: 'legend' }, legend.join(' ')),
    chart({
      ...{ caption: 'When what worked', heading: 'Work', end },
      rows: bars.map((one) => ({
        label: one.isFailed ? [one.label, ' ', status('bad', 'failed')] : one.label,
        time: formatSeconds(one.ms),
        note: one.isCritical ? mark() : undefined,
        bar: drawn(one, end),
      })),
    }),
  );
}

function mark(): HTMLElement {
  const sign = element('span', { 'aria-hidden': 'true', class: 'mark' }, ' ◆');
  return element('span', {}, sign, hidden(', on the longest chain'));
}

function drawn({ intervals, isCritical }: TimelineBar, end: number): SVGSVGElement {
  const kind = isCritical ? 'chain' : 'beside';
  const first = intervals[0]?.[0] ?? 0;
  const last = intervals.at(-1)?.[1] ?? first;
  const label = `from ${formatSeconds(first)} to ${formatSeconds(last)}`;
  return bar(
    intervals.map((span) => ({ span, kind })),
    end,
    label,
  );
}
