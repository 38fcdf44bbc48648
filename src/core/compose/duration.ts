import { type Reading, fault, kindOf } from './reading.ts';

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a duration as Go writes it: `1m30s`, `500ms`, `1.5h`, also `1d` and `1w`. A unit is needed. */
export function readDuration(input: unknown): Reading<number> {
  const text = typeof input === 'string' ? input : '';
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return { value: 0 };
  const parts = [...body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/g)];
  if (body === '' || parts.map(([whole]) => whole).join('') !== body) {
    return fault(
      `expected a duration with a unit, found ${kindOf(input)}.`,
      'Write it like 10s or 1m30s.',
    );
  }
  const total = parts.reduce(
    (sum, [, amount = '', unit = '']) => sum + Number(amount) * (unitMs[unit] ?? 0),
    0,
  );
  return { value: sign === '-' ? -total : total };
}
