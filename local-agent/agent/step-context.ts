import type { JobStep } from '../protocol/job-message.ts';
import type { Command } from './command.ts';
import type { VisibleVariable } from './environment.ts';
import { MAX_ISSUES_OF_A_KIND, type Issue } from './issue.ts';
import type { JobContext } from './job-context.ts';
import { mergeResults, type TaskResult } from './result.ts';
import type { Phase, Restrictions } from './task-definition.ts';

/** A task variable lives for the pre, main and post parts of one step. */
export interface TaskVariable extends VisibleVariable {
  readonly isReadOnly: boolean;
}

/** What one part (pre, main, post) of one step does to the world (AW/ExecutionContext.cs). */
export class StepContext {
  readonly job: JobContext;
  readonly step: JobStep;
  readonly recordId: string;
  readonly phase: Phase;
  readonly restrictions: Restrictions | null;
  readonly declaredOutputs: readonly string[];
  readonly taskVariables: Map<string, TaskVariable>;

  result: TaskResult | null = null;
  /** Set by commands that go wrong; merged when the process has ended. */
  commandResult: TaskResult | null = null;
  /** Called by `task.complete done=true`. */
  forceCompletion: () => void = () => undefined;
  readonly issues: Issue[] = [];
  readonly events: Command[] = [];
  readonly outputs = new Map<string, { readonly value: string; readonly isSecret: boolean }>();

  constructor(init: {
    readonly job: JobContext;
    readonly step: JobStep;
    readonly recordId: string;
    readonly phase: Phase;
    readonly restrictions: Restrictions | null;
    readonly declaredOutputs: readonly string[];
    readonly taskVariables: Map<string, TaskVariable>;
  }) {
    this.job = init.job;
    this.step = init.step;
    this.recordId = init.recordId;
    this.phase = init.phase;
    this.restrictions = init.restrictions;
    this.declaredOutputs = init.declaredOutputs;
    this.taskVariables = init.taskVariables;
  }

  /** Prints an error and keeps it as an issue; the result stays what it is. */
  error(message: string): void {
    this.addIssue({ type: 'error', message, properties: {} });
    this.job.log.error(message);
  }

  warning(message: string): void {
    this.addIssue({ type: 'warning', message, properties: {} });
    this.job.log.warning(message);
  }

  addIssue(issue: Issue): void {
    const same = this.issues.filter(({ type }) => type === issue.type).length;
    if (same < MAX_ISSUES_OF_A_KIND) this.issues.push(issue);
  }

  complete(result: TaskResult): void {
    this.result = mergeResults(this.result, result);
  }

  failByCommand(): void {
    this.commandResult = mergeResults(this.commandResult, 'Failed');
  }
}
