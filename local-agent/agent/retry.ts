import { setTimeout as sleep } from 'node:timers/promises';
import type { StepContext } from './step-context.ts';

/** Milliseconds before retry number `retry` (from 0): 1, 4, 9, 16 … seconds (AW/RetryHelper.cs). */
export function retryDelay(retry: number): number {
  return (retry + 1) ** 2 * 1000;
}

/**
 * Runs `attempt` until it neither throws nor leaves the result Failed, at most `step.retryCountOnTaskFailure` times more.
 * A command that went wrong triggers no retry and sticks. A cancelled step is not retried.
 */
export async function withRetries(
  context: StepContext,
  attempt: () => Promise<void>,
  cancel: AbortSignal,
  delay: (retry: number) => number = retryDelay,
): Promise<void> {
  const retries = context.step.retryCountOnTaskFailure;
  for (let retry = 0; ; retry++) {
    const failure = await outcome(attempt);
    const failed = failure !== null || context.result === 'Failed';
    if (!failed || retry >= retries || cancel.aborted) {
      if (failure) throw failure;
      return;
    }
    const count = `attempt #: ${retry + 1} out of ${retries}`;
    if (!failure) context.result = null;
    context.warning(
      failure
        ? `RetryHelper encountered exception, will retry (${count} ${failure.message}) after ${delay(retry)} ms`
        : `RetryHelper encountered task failure, will retry (${count}) after ${delay(retry)} ms`,
    );
    await sleep(delay(retry), undefined, { signal: cancel }).catch(() => undefined);
    if (isStopped(cancel)) return;
    context.job.variables.recalculate();
  }
}

/** Asked again after a wait, in which it may have changed. */
function isStopped(cancel: AbortSignal): boolean {
  return cancel.aborted;
}

async function outcome(attempt: () => Promise<void>): Promise<Error | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
