import { type Interval, duration, union, without } from './intervals.ts';
import { type Phase, phases } from './phase.ts';
import type { ReportedPhase } from './report-steps.ts';
import type { VertexRow } from './vertex-rows.ts';

/** The phases that took place, each with the time in which any of its vertices was at work. */
export function phaseTimes(rows: readonly VertexRow[]): readonly ReportedPhase[] {
  return phases.flatMap((phase) => {
    const intervals = rows.flatMap((row) => intervalsIn(phase, row));
    if (intervals.length === 0) return [];
    const bytes = rows
      .filter(({ vertex }) => vertex.phase === phase)
      .reduce((total, { vertex }) => total + (vertex.bytes ?? 0), 0);
    return [
      {
        phase,
        from: Math.min(...intervals.map(([from]) => from)),
        to: Math.max(...intervals.map(([, to]) => to)),
        intervals: union(intervals).map(([from, to]): [number, number] => [from, to]),
        ms: duration(intervals),
        ...(bytes === 0 ? {} : { bytes }),
      },
    ];
  });
}

/** BuildKit exports and pushes in one vertex. */
function intervalsIn(phase: Phase, { vertex, pushes }: VertexRow): readonly Interval[] {
  if (phase === 'push') return pushes;
  if (phase !== vertex.phase) return [];
  return phase === 'export' ? without(vertex.intervals, pushes) : vertex.intervals;
}
