import { randomUUID } from 'node:crypto';
import type {
  JobMessage,
  JobStep,
  JobVariable,
  Repository,
  SecureFile,
  ServiceEndpoint,
} from '../protocol/job-message.ts';
import { compileInputs } from './compile-inputs.ts';
import { derivedGuid } from './derived-guid.ts';
import type { PipelineJob, PipelineStep } from './pipeline.ts';
import { withCheckout } from './implied-checkout.ts';
import type { Resources } from './resources.ts';
import { StepNames } from './step-names.ts';
import type { TaskCatalog } from './task-catalog.ts';
import type { SourceFile } from './yaml/source-file.ts';

/** Everything around a pipeline that its jobs are compiled with. */
export interface CompileContext {
  readonly source: SourceFile;
  readonly catalog: TaskCatalog;
  readonly resources: Resources;
  readonly repository: Repository;
  readonly systemConnection: ServiceEndpoint;
  /** Predefined variables of one job; everything else that sets a variable wins over them. */
  readonly predefined: (job: PipelineJob) => readonly JobVariable[];
  /** From the command line; they win. */
  readonly overrides: readonly JobVariable[];
  /** Throws ExpressionError when a step's condition is malformed. */
  readonly checkCondition: (condition: string) => void;
}

/** The server's default, in minutes. */
const CANCEL_TIMEOUT = 5;

/** Compiles one job as the server would before it queues it. Problems go to the source; look there first. */
export async function compileJob(job: PipelineJob, context: CompileContext): Promise<JobMessage> {
  const names = new StepNames();
  const referenced = new Set<string>();
  const steps: JobStep[] = [];
  for (const step of withCheckout(job.steps).filter(({ enabled }) => enabled)) {
    const compiled = await compileStep(step, { context, names, referenced });
    if (compiled) steps.push(compiled);
  }
  return {
    jobId: derivedGuid('job', job.name),
    jobName: job.name,
    displayName: job.displayName,
    timelineId: randomUUID(),
    timeoutInMinutes: job.timeoutInMinutes,
    cancelTimeoutInMinutes: CANCEL_TIMEOUT,
    continueOnError: job.continueOnError,
    variables: mergeVariables([
      context.predefined(job),
      context.resources.variables,
      job.variables,
      context.overrides,
    ]),
    endpoints: endpoints(context, referenced),
    secureFiles: secureFiles(context.resources, referenced),
    repository: context.repository,
    steps,
  };
}

interface StepScope {
  readonly context: CompileContext;
  readonly names: StepNames;
  readonly referenced: Set<string>;
}

async function compileStep(step: PipelineStep, scope: StepScope): Promise<JobStep | null> {
  const { source, catalog, repository, checkCondition } = scope.context;
  const { condition } = step;
  if (condition)
    source.guard(condition.at, undefined, () => {
      checkCondition(condition.value);
    });
  if (step.task.value === 'checkout') {
    const displayName = step.displayName ?? `Checkout ${repository.name} to s`;
    return { ...stepShape(step, 'checkout', scope), displayName, inputs: {}, task: 'checkout' };
  }
  const task = await catalog.find(step.task.value);
  if ('error' in task) {
    source.reportAt(step.task.at, task.error);
    return null;
  }
  const { inputs, referenced } = compileInputs(step, task, scope.context);
  referenced.forEach((id) => scope.referenced.add(id));
  const { id, name, version, folder } = task;
  return {
    ...stepShape(step, name, scope),
    displayName: step.displayName ?? name,
    inputs,
    task: { id, name, version, folder },
  };
}

function stepShape(
  step: PipelineStep,
  task: string,
  { context, names }: StepScope,
): Omit<JobStep, 'displayName' | 'inputs' | 'task'> {
  if (step.name && !names.take(step.name.value)) {
    context.source.reportAt(step.name.at, `another step of the job is called "${step.name.value}"`);
  }
  return {
    id: randomUUID(),
    name: step.name?.value ?? names.make(task),
    condition: step.condition?.value ?? '',
    continueOnError: step.continueOnError,
    timeoutInMinutes: step.timeoutInMinutes,
    retryCountOnTaskFailure: step.retryCountOnTaskFailure,
    environment: step.environment,
  };
}

/** Later levels replace earlier ones; names ignore case, and what was a secret stays one. */
function mergeVariables(levels: readonly (readonly JobVariable[])[]): JobVariable[] {
  const merged = new Map<string, JobVariable>();
  for (const variable of levels.flat()) {
    const key = variable.name.toLowerCase();
    const isSecret = variable.isSecret || (merged.get(key)?.isSecret ?? false);
    merged.set(key, { ...variable, isSecret });
  }
  return [...merged.values()];
}

function endpoints(
  { systemConnection, resources }: CompileContext,
  referenced: ReadonlySet<string>,
): ServiceEndpoint[] {
  const used = resources.connections.filter(({ id }) => id !== null && referenced.has(id));
  return [systemConnection, ...used];
}

function secureFiles(resources: Resources, referenced: ReadonlySet<string>): SecureFile[] {
  return resources.secureFiles
    .filter(({ id }) => referenced.has(id))
    .map(({ id, name }) => ({ id, name, ticket: randomUUID() }));
}
