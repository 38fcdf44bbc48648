/** From and to, in ms of one clock. */
export type Interval = readonly [from: number, to: number];

/** The same time as intervals in order that neither touch nor overlap. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort(([a], [b]) => a - b);
  return sorted.reduce<Interval[]>((merged, [from, to]) => {
    const last = merged.at(-1);
    if (last === undefined || from > last[1]) return [...merged, [from, to]];
    return [...merged.slice(0, -1), [last[0], Math.max(last[1], to)]];
  }, []);
}

/** Time in any of the intervals, overlaps counted once. */
export function duration(intervals: readonly Interval[]): number {
  return union(intervals).reduce((total, [from, to]) => total + to - from, 0);
}

/** Time in `intervals` that is in none of `others`. */
export function without(
  intervals: readonly Interval[],
  others: readonly Interval[],
): readonly Interval[] {
  return others.reduce<readonly Interval[]>(
    (left, [cutFrom, cutTo]) =>
      left.flatMap(([from, to]): readonly Interval[] => {
        const before: Interval = [from, Math.min(to, cutFrom)];
        const after: Interval = [Math.max(from, cutTo), to];
        return [before, after].filter(([a, b]) => a < b);
      }),
    union(intervals),
  );
}
