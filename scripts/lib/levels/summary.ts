import type { LevelResult } from './run-level.ts';

/** The closing lines of `npm test`: each level's counts and time, skipped titles, and the total. */
export function summarise(results: readonly LevelResult[]): readonly string[] {
  const sum = (field: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[field], 0);
  const rows = results.map(
    ({ name, passed, failed, skipped, seconds }) =>
      `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed, ${skipped} skipped`,
  );
  const skipped = results.flatMap(({ skippedTitles }) =>
    skippedTitles.map((title) => `skipped: ${title}`),
  );
  const total = `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
  return ['', ...skipped, ...rows, total];
}
