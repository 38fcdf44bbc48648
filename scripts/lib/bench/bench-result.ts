import { cpus, loadavg } from 'node:os';

/** What a benchmark found. Values are medians; ratios are what a reader should compare. */
export interface BenchResult {
  /** What the numbers depend on, such as the machine and how often was measured. */
  readonly conditions: Readonly<Record<string, string | number>>;
  /** By a name with its unit, such as `Node 24, bare, ms`. */
  readonly medians: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
  /** A ratio above this one is too much, where there is a limit. */
  readonly limit?: number;
}

/** Of this machine, now. */
export function machineConditions(): Readonly<Record<string, string | number>> {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    loadAverage: rounded(loadavg()[0] ?? 0),
  };
}

/** The middle value; with an even number of them the upper one. @throws Error when there is none. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('There is no median of no values.');
  return middle;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
