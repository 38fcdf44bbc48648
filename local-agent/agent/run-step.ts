import { evaluateCondition } from './conditions.ts';
import type { JobContext } from './job-context.ts';
import { withRetries } from './retry.ts';
import { StepContext } from './step-context.ts';
import type { StepPart } from './step-part.ts';
import { recordOf, type StepRecord } from './step-record.ts';
import { applyStop, failStep, settle, type StopReason } from './step-result.ts';

/**
 * Runs one part of a step, in the order of AW/StepsRunner.cs: expand variables, test the condition, run, merge results,
 * apply continueOnError, then carry the result into the job. When the job is cancelled, the running step goes on only
 * if its condition still holds; when the job's time is over, nothing does.
 */
export async function runStep(part: StepPart, job: JobContext): Promise<StepRecord> {
  const start = new Date();
  const context = new StepContext({ ...part, job });
  const stop = new AbortController();
  const { cancel, shutdown } = job.lifetime;
  const onShutdown = (): void => {
    stop.abort('canceled' satisfies StopReason);
  };
  const onCancel = (): void => {
    markCanceled(job);
    if (!holds(context, part.condition)) onShutdown();
  };
  if (cancel.aborted) markCanceled(job);
  cancel.addEventListener('abort', onCancel, { once: true });
  shutdown.addEventListener('abort', onShutdown, { once: true });
  try {
    const node = await runIfConditionHolds(context, part, stop);
    return await recordOf(context, part, { start, node });
  } finally {
    cancel.removeEventListener('abort', onCancel);
    shutdown.removeEventListener('abort', onShutdown);
  }
}

async function runIfConditionHolds(
  context: StepContext,
  part: StepPart,
  stop: AbortController,
): Promise<string | null> {
  const { job } = context;
  setStepVariables(context, part);
  job.variables.recalculate().forEach((warning) => {
    context.warning(warning);
  });
  if (holds(context, part.condition)) return await execute(context, part, stop);
  context.result ??= 'Skipped';
  if (context.result === 'Skipped')
    job.log.debug(`Skipping '${part.displayName}' due to condition evaluation.`);
  return null;
}

/** A condition that cannot be evaluated fails the step; continueOnError does not help. */
function holds(context: StepContext, condition: string): boolean {
  const { job } = context;
  if (job.lifetime.shutdown.aborted) return false;
  try {
    return evaluateCondition(condition, { jobResult: job.result, variables: job.variables.all() });
  } catch (error) {
    context.error(error instanceof Error ? error.message : String(error));
    context.complete('Failed');
    return false;
  }
}

async function execute(
  context: StepContext,
  part: StepPart,
  stop: AbortController,
): Promise<string | null> {
  const { log } = context.job;
  log.section(`Starting: ${part.displayName}`);
  part.announce(context);
  const timer = startTimeout(part.step.timeoutInMinutes, stop);
  let node: string | null = null;
  try {
    node = part.node(context);
    await withRetries(context, () => part.run(context, node, stop.signal), stop.signal);
    applyStop(context, stop.signal);
  } catch (error) {
    failStep(context, stop.signal, error);
  } finally {
    clearTimeout(timer);
  }
  await settle(context);
  log.section(`Finishing: ${part.displayName}`);
  return node;
}

function startTimeout(minutes: number, stop: AbortController): NodeJS.Timeout | undefined {
  if (minutes === 0) return undefined;
  return setTimeout(() => {
    stop.abort('timeout' satisfies StopReason);
  }, minutes * 60_000);
}

function markCanceled(job: JobContext): void {
  job.result = 'Canceled';
  job.variables.set('agent.jobstatus', 'Canceled');
}

function setStepVariables({ job, step }: StepContext, part: StepPart): void {
  job.variables.set('agent.jobstatus', job.result ?? 'Succeeded');
  job.variables.set('task.displayname', part.displayName);
  job.variables.set('system.taskInstanceId', step.id);
  job.variables.set('system.taskDisplayName', part.displayName);
  job.variables.set('system.taskInstanceName', step.name);
}
