import { checkCondition } from '../agent/conditions.ts';
import type { JobMessage, JobVariable, ServiceEndpoint } from '../protocol/job-message.ts';
import { compileJob, type CompileContext } from '../server/compile-job.ts';
import type { PipelineJob } from '../server/pipeline.ts';
import { predefinedVariables } from '../server/predefined.ts';
import { TaskCatalog } from '../server/task-catalog.ts';
import { inOrder, InvalidInputError } from '../server/yaml/problem.ts';
import { repositoryOf, type LoadedInput } from './load-pipeline.ts';
import type { Options } from './options.ts';

/** A job as written and as the agent gets it. */
export interface CompiledJob {
  readonly source: PipelineJob;
  readonly message: JobMessage;
}

/** Compiles all jobs; `standIns` is a folder of more tasks. @throws InvalidInputError with every problem of the pipeline and the resources */
export async function compileJobs(
  input: LoadedInput,
  options: Options,
  standIns: string,
): Promise<CompiledJob[]> {
  const { source, pipeline } = input;
  const context = contextOf(input, options, standIns);
  const jobs: CompiledJob[] = [];
  for (const job of pipeline.jobs) {
    const { condition } = job;
    if (condition) {
      source.guard(condition.at, undefined, () => {
        checkCondition(condition.value);
      });
    }
    jobs.push({ source: job, message: await compileJob(job, context) });
  }
  const problems = [...inOrder(source.problems), ...inOrder(input.resourceProblems)];
  if (problems.length > 0) throw new InvalidInputError(problems);
  return jobs;
}

function contextOf(
  { source, resources, run }: LoadedInput,
  options: Options,
  standIns: string,
): CompileContext {
  return {
    source,
    catalog: new TaskCatalog([...options.tasks, standIns]),
    resources,
    repository: { name: run.git.name, folder: repositoryOf(options) },
    systemConnection: systemConnection(run.collectionUri, run.accessToken),
    predefined: (job) => predefinedVariables(run, job),
    overrides: [...options.variables].map(([name, value]) => plainVariable(name, value)),
    checkCondition,
  };
}

function plainVariable(name: string, value: string): JobVariable {
  return { name, value, isSecret: false, isReadOnly: false };
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
