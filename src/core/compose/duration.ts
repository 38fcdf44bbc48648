import { type Reading, fault } from './reading.ts';

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a duration as Go writes it: `1m30s`, `500ms`, `1.5h`. Numbers without a unit are refused. */
export function readDuration(input: unknown): Reading<number> {
  const text = typeof input === 'string' ? input.trim() : '';
  if (text === '0') return { value: 0 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (text === '' || parts.map(([whole]) => whole).join('') !== text) {
    return fault(
      `expected a duration with a unit, found ${JSON.stringify(input)}.`,
      'Write it like 10s or 1m30s.',
    );
  }
  const total = parts.reduce(
    (sum, [, number = '', unit = '']) => sum + Number(number) * (unitMs[unit] ?? 0),
    0,
  );
  return { value: Math.round(total) };
}
