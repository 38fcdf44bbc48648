import type { Attachment } from './attachments.ts';
import type { Command } from './command.ts';
import type { Issue } from './issue.ts';
import { nodeVersion } from './node-version.ts';
import { mergeIntoJob, type TaskResult } from './result.ts';
import type { StepContext } from './step-context.ts';
import type { StepPart } from './step-part.ts';
import type { Phase } from './task-definition.ts';

/** What one part of one step did, for the run's record; secrets are not masked yet. */
export interface StepRecord {
  readonly name: string;
  readonly displayName: string;
  readonly task: string;
  readonly phase: Phase;
  readonly result: TaskResult;
  readonly start: Date;
  readonly finish: Date;
  /** Version of the Node that ran it (`20.20.2`); null when none did. */
  readonly node: string | null;
  readonly issues: readonly Issue[];
  readonly events: readonly Command[];
  readonly outputVariables: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
}

export interface JobRecord {
  readonly name: string;
  readonly displayName: string;
  readonly result: TaskResult;
  readonly start: Date;
  readonly finish: Date;
  readonly steps: readonly StepRecord[];
}

/** Closes a part: its result goes into the job's, and what it did into its record. */
export async function recordOf(
  context: StepContext,
  part: StepPart,
  { start, node }: { start: Date; node: string | null },
): Promise<StepRecord> {
  const { job } = context;
  const result = context.result ?? 'Succeeded';
  job.result = mergeIntoJob(job.result, result);
  return {
    name: part.step.name,
    displayName: part.displayName,
    task: part.task,
    phase: part.phase,
    result,
    start,
    finish: new Date(),
    node: node ? await nodeVersion(node) : null,
    issues: context.issues,
    events: context.events,
    outputVariables: Object.fromEntries(
      [...context.outputs].map(([name, { value, isSecret }]) => [name, isSecret ? '***' : value]),
    ),
    attachments: job.attachments.list(part.recordId),
  };
}
