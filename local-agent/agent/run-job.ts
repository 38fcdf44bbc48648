import { randomUUID } from 'node:crypto';
import type { JobMessage, ServiceEndpoint } from '../protocol/job-message.ts';
import { agentVariables } from './agent-variables.ts';
import { AttachmentStore } from './attachments.ts';
import type { Directories } from './directories.ts';
import { finalizeJob } from './finalize-job.ts';
import { initializeJob } from './initialize-job.ts';
import type { JobContext } from './job-context.ts';
import { startLifetime } from './job-lifetime.ts';
import { jobMasker } from './job-masker.ts';
import { JobLog, type LineSink } from './log.ts';
import type { NodeBinaries } from './node-binaries.ts';
import { planSteps } from './plan-steps.ts';
import { runStep } from './run-step.ts';
import type { JobRecord, StepRecord } from './step-record.ts';
import { VariableStore } from './variables.ts';

/** What a job runs with. */
export interface JobSurroundings {
  readonly directories: Directories;
  readonly binaries: NodeBinaries;
  readonly process: NodeJS.ProcessEnv;
  readonly sink: LineSink;
  /** Aborted when the user or the server cancels. */
  readonly cancel: AbortSignal;
  /** Told the job's mark before anything runs, so that a later run can clear up after a killed one. */
  readonly onLookupId: (lookupId: string) => Promise<void>;
  /** Told the job's state as it starts. */
  readonly onStart: (job: JobContext) => unknown;
}

/** Runs one job to its end: initialize, pre, main, post, finalize (AW/JobRunner.cs). Masks with the answer's masker. */
export async function runJob(
  message: JobMessage,
  surroundings: JobSurroundings,
): Promise<{ record: JobRecord; job: JobContext }> {
  const start = new Date();
  const lookupId = `vsts_${randomUUID()}`;
  await surroundings.onLookupId(lookupId);
  const job = createContext(message, surroundings, lookupId);
  surroundings.onStart(job);
  const steps: StepRecord[] = [];
  try {
    const tasks = await initializeJob(job);
    for (const part of tasks ? planSteps(job, tasks, surroundings.binaries) : []) {
      steps.push(await runStep(part, job));
    }
  } finally {
    job.lifetime.end();
    await finalizeJob(job, lookupId);
  }
  const result = job.lifetime.cancel.aborted ? 'Canceled' : (job.result ?? 'Succeeded');
  const { jobName: name, displayName } = message;
  return { record: { name, displayName, result, start, finish: new Date(), steps }, job };
}

function createContext(
  message: JobMessage,
  { directories, process, sink, cancel }: JobSurroundings,
  lookupId: string,
): JobContext {
  const masker = jobMasker(message, process);
  const variables = new VariableStore(
    [...message.variables, ...agentVariables(message, directories, lookupId)],
    masker,
  );
  const log = new JobLog(sink, masker);
  log.debugEnabled = variables.getBoolean('System.Debug') ?? false;
  return {
    message,
    directories,
    variables,
    masker,
    log,
    process,
    attachments: new AttachmentStore(directories.attachments),
    endpoints: message.endpoints.map((endpoint) => withExpandedData(endpoint, variables)),
    prependedPath: [],
    result: null,
    lifetime: startLifetime(message, cancel, (text) => {
      log.error(text);
    }),
  };
}

/** Macros in the data of a connection are expanded once; those in its credentials are not. */
function withExpandedData(endpoint: ServiceEndpoint, variables: VariableStore): ServiceEndpoint {
  const data = Object.entries(endpoint.data).map(([name, value]) => [
    name,
    variables.expand(value),
  ]);
  return { ...endpoint, data: Object.fromEntries(data) as Record<string, string> };
}
