import type { JobContext } from '../agent/job-context.ts';
import type { TaskResult } from '../agent/result.ts';
import type { StoredRun } from '../fake-server/run-store.ts';
import { type RunFacts, predefinedVariables } from '../server/predefined.ts';

const storedResults: Readonly<Record<TaskResult, StoredRun['result']>> = {
  Succeeded: 'succeeded',
  SucceededWithIssues: 'partiallySucceeded',
  Failed: 'failed',
  Canceled: 'canceled',
  Skipped: 'succeeded',
  Abandoned: 'failed',
};

/** The run as its variables tell it, overrides included. */
export function storedRun(
  run: RunFacts,
  result: TaskResult,
  jobs: readonly JobContext[],
): StoredRun {
  const variables = new Map(predefinedVariables(run, null).map(({ name, value }) => [name, value]));
  return {
    id: run.buildId,
    buildNumber: variables.get('Build.BuildNumber') ?? '',
    definition: Number(variables.get('System.DefinitionId')),
    sourceBranch: variables.get('Build.SourceBranch') ?? '',
    result: storedResults[result],
    finishTime: new Date().toISOString(),
    attachments: jobs.flatMap((job) => job.attachments.list()),
  };
}
