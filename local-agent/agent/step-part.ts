import type { JobStep } from '../protocol/job-message.ts';
import type { StepContext, TaskVariable } from './step-context.ts';
import type { Phase, Restrictions } from './task-definition.ts';

/** The pre, main or post part of one step: what the agent's one loop runs (AW/JobExtension.cs). */
export interface StepPart {
  readonly step: JobStep;
  /** GUID of this part's timeline record; attachments hang on it. */
  readonly recordId: string;
  readonly phase: Phase;
  readonly displayName: string;
  readonly condition: string;
  readonly restrictions: Restrictions | null;
  readonly declaredOutputs: readonly string[];
  /** Shared by the parts of one step. */
  readonly taskVariables: Map<string, TaskVariable>;
  /** For the banner and the record, as `Name@1.2.3`. */
  readonly task: string;
  /** The binary that would run it; null for what the agent does itself. @throws Error when there is none */
  readonly node: (context: StepContext) => string | null;
  /** Prints the banner. */
  readonly announce: (context: StepContext) => void;
  /** One attempt. What it throws fails the step. */
  readonly run: (context: StepContext, node: string | null, cancel: AbortSignal) => Promise<void>;
}
