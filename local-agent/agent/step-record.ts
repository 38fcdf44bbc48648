import type { Attachment } from './attachments.ts';
import type { Command } from './command.ts';
import type { Issue } from './issue.ts';
import type { TaskResult } from './result.ts';
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
