import type { BenchResult } from './bench-result.ts';

/** The result for people, and as last line one JSON object for programs. */
export function benchLines(bench: string, result: BenchResult): readonly string[] {
  const { conditions, medians, ratios, limit } = result;
  const names = [conditions, medians, ratios].flatMap((part) => Object.keys(part));
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const rows = (part: Readonly<Record<string, string | number>>): readonly string[] =>
    Object.entries(part).map(([name, value]) => `  ${name.padEnd(width)}${value}`);
  const over = Object.values(ratios).filter((ratio) => limit !== undefined && ratio > limit).length;
  const verdict = over === 0 ? 'all within it' : `${over} above it`;
  return [
    ...['Conditions', ...rows(conditions), 'Medians', ...rows(medians)],
    ...['Ratios', ...rows(ratios)],
    ...(limit === undefined ? [] : [`The limit is ${limit}: ${verdict}.`]),
    JSON.stringify({ bench, conditions, medians, ratios }),
  ];
}
