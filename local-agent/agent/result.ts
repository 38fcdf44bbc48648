/** Results of steps and jobs, from best to worst; the numbers are the agent's (DistributedTask.WebApi.TaskResult). */
const TASK_RESULTS = [
  'Succeeded',
  'SucceededWithIssues',
  'Failed',
  'Canceled',
  'Skipped',
  'Abandoned',
] as const;

export type TaskResult = (typeof TASK_RESULTS)[number];

const rank = (result: TaskResult): number => TASK_RESULTS.indexOf(result);

/**
 * Merges a result that comes later into one that is there: the worse of the first three wins; Canceled, Skipped and
 * Abandoned stick (CORE/Util/TaskResultUtil.cs).
 */
export function mergeResults(current: TaskResult | null, coming: TaskResult): TaskResult {
  if (current === null) return coming;
  if (rank(current) > rank('Failed')) return current;
  return rank(coming) >= rank(current) ? coming : current;
}

/** A step's result enters the job's only when it is Failed or SucceededWithIssues (AW/StepsRunner.cs). */
export function mergeIntoJob(job: TaskResult | null, step: TaskResult): TaskResult | null {
  return step === 'Failed' || step === 'SucceededWithIssues' ? mergeResults(job, step) : job;
}

/** `##vso[task.complete result=…]` takes an exact name or its number, nothing else. */
export function parseTaskResult(text: string): TaskResult | null {
  const byName = TASK_RESULTS.find((result) => result === text);
  const byNumber = /^\d+$/.test(text) ? TASK_RESULTS[Number(text)] : undefined;
  return byName ?? byNumber ?? null;
}
