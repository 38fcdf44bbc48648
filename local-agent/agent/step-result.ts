import { mergeResults } from './result.ts';
import type { StepContext } from './step-context.ts';

/** Why a step's process is being stopped. */
export type StopReason = 'canceled' | 'timeout';

/** A stopped step is Canceled or, after its timeout, Failed, even if its process ended well. */
export function applyStop(context: StepContext, stopped: AbortSignal): void {
  if (!stopped.aborted) return;
  if ((stopped.reason as StopReason) === 'timeout') {
    context.error('The task has timed out.');
    context.result = 'Failed';
  } else {
    context.error('The operation was canceled.');
    context.result = 'Canceled';
  }
}

/** What an attempt threw fails the step, unless the step was being stopped. */
export function failStep(context: StepContext, stopped: AbortSignal, error: unknown): void {
  if (stopped.aborted) {
    applyStop(context, stopped);
    return;
  }
  context.error(error instanceof Error ? error.message : String(error));
  context.result = 'Failed';
}

/** Uploads, command results and continueOnError, in the agent's order. */
export async function settle(context: StepContext): Promise<void> {
  const { job, step } = context;
  for (const { type, name, path } of await job.attachments.drain()) {
    job.log.warning(`Can't attach (type:${type} name:${name}) file: ${path}. File does not exist.`);
  }
  if (context.commandResult) context.result = mergeResults(context.result, context.commandResult);
  if (context.result === 'Failed' && step.continueOnError) context.result = 'SucceededWithIssues';
  context.result ??= 'Succeeded';
}
