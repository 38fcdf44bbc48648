import type { Issue } from '../agent/issue.ts';
import type { TaskResult } from '../agent/result.ts';
import type { JobRecord, StepRecord } from '../agent/step-record.ts';

/** What `--json` writes. All texts are masked; times are ISO 8601 in UTC. */
export interface RunRecord {
  readonly pipeline: string;
  readonly result: TaskResult;
  readonly jobs: readonly unknown[];
}

/** A job's record as JSON data, every text in it masked. */
export function toJson(job: JobRecord, mask: (text: string) => string): unknown {
  const plain = { ...job, ...times(job), steps: job.steps.map(stepJson) };
  return maskAll(plain, mask);
}

function stepJson(step: StepRecord): unknown {
  return {
    ...step,
    ...times(step),
    issues: step.issues.map(issueJson),
    events: step.events.map(({ area, event, properties, message }) => ({
      event: `${area}.${event}`,
      properties: Object.fromEntries(properties),
      message,
    })),
    attachments: step.attachments.map(({ type, name, path, stored }) => ({
      type,
      name,
      path,
      stored,
    })),
  };
}

/** An issue with its place under short names: `sourcepath`, `line`, `column`, `code`, … */
function issueJson({ type, message, properties }: Issue): unknown {
  const { linenumber: line, columnnumber: column, ...rest } = properties;
  return { type, message, ...rest, ...(line && { line }), ...(column && { column }) };
}

function times({ start, finish }: { start: Date; finish: Date }): {
  start: string;
  finish: string;
  seconds: number;
} {
  return {
    start: start.toISOString(),
    finish: finish.toISOString(),
    seconds: (finish.getTime() - start.getTime()) / 1000,
  };
}

function maskAll(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskAll(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskAll(item, mask)]));
}
