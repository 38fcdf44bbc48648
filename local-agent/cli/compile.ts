import { checkCondition } from '../agent/conditions.ts';
import type { JobMessage, ServiceEndpoint } from '../protocol/job-message.ts';
import { compileJob } from '../server/compile-job.ts';
import type { PipelineJob } from '../server/pipeline.ts';
import { predefinedVariables } from '../server/predefined.ts';
import { TaskCatalog } from '../server/task-catalog.ts';
import { InvalidInputError } from '../server/yaml/problem.ts';
import { repositoryOf, type LoadedInput } from './load-pipeline.ts';
import type { Options } from './options.ts';

/** A job as written and as the agent gets it. */
export interface CompiledJob {
  readonly source: PipelineJob;
  readonly message: JobMessage;
}

/** Compiles all jobs. @throws InvalidInputError with every problem of the pipeline */
export async function compileJobs(
  { source, pipeline, resources, run }: LoadedInput,
  options: Options,
  { standIns, warn }: { standIns: string; warn: (text: string) => void },
): Promise<CompiledJob[]> {
  const catalog = new TaskCatalog([...options.tasks, standIns]);
  const jobs: CompiledJob[] = [];
  for (const job of pipeline.jobs) {
    const { condition } = job;
    if (condition)
      source.guard(condition.at, undefined, () => {
        checkCondition(condition.value);
      });
    const message = await compileJob(job, {
      source,
      catalog,
      resources,
      repository: { name: run.git.name, folder: repositoryOf(options) },
      systemConnection: systemConnection(run.collectionUri, run.accessToken),
      predefined: (current) => predefinedVariables(run, current),
      overrides: [...options.variables].map(([name, value]) => ({
        name,
        value,
        isSecret: false,
        isReadOnly: false,
      })),
      warn,
      checkCondition,
    });
    jobs.push({ source: job, message });
  }
  if (source.problems.length > 0) throw new InvalidInputError(source.problems);
  return jobs;
}

function systemConnection(url: string, accessToken: string): ServiceEndpoint {
  return {
    id: null,
    name: 'SystemVssConnection',
    url,
    type: 'ServerConnection',
    scheme: 'OAuth',
    parameters: { AccessToken: accessToken },
    data: {},
  };
}
