import type { TaskResult } from '../agent/result.ts';
import type { JobRecord, StepRecord } from '../agent/step-record.ts';

/** The closing lines of a run: each step with its result and time, and the result of the whole. */
export function summaryLines(result: TaskResult, jobs: readonly JobRecord[]): string[] {
  const steps = jobs.flatMap((job) => [
    `${job.displayName}: ${job.result}`,
    ...job.steps.map((step) => `  ${stepLine(step)}`),
  ]);
  return ['', ...steps, '', `Result: ${result}`];
}

function stepLine({ result, start, finish, displayName }: StepRecord): string {
  const seconds = ((finish.getTime() - start.getTime()) / 1000).toFixed(1);
  return `${result.padEnd(19)} ${`${seconds} s`.padStart(8)}  ${displayName}`;
}
