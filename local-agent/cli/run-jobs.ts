import { evaluateCondition } from '../agent/conditions.ts';
import { directoriesOf } from '../agent/directories.ts';
import type { JobContext } from '../agent/job-context.ts';
import type { LineSink } from '../agent/log.ts';
import type { NodeBinaries } from '../agent/node-binaries.ts';
import { mergeIntoJob, type TaskResult } from '../agent/result.ts';
import { runJob } from '../agent/run-job.ts';
import type { JobRecord } from '../agent/step-record.ts';
import type { PipelineJob } from '../server/pipeline.ts';
import type { CompiledJob } from './compile.ts';
import { toJson } from './run-record.ts';
import type { WorkFolder } from './work-folder.ts';

/** What a run's jobs run with. */
export interface RunSurroundings {
  readonly work: WorkFolder;
  readonly binaries: NodeBinaries;
  readonly sink: LineSink;
  readonly cancel: AbortSignal;
  /** Told each job when it starts, so that the fake server can answer for it. */
  readonly onJob: (job: JobContext) => unknown;
}

export interface FinishedJob {
  readonly record: JobRecord;
  /** The record as masked JSON data. */
  readonly json: unknown;
}

/** Runs jobs one after another; each in the same work folder, with fresh sources. */
export async function runJobs(
  jobs: readonly CompiledJob[],
  surroundings: RunSurroundings,
): Promise<{ result: TaskResult; jobs: FinishedJob[] }> {
  const finished: FinishedJob[] = [];
  let result: TaskResult | null = null;
  for (const job of jobs) {
    const done = await runOne(job, surroundings);
    finished.push(done);
    const failed = done.record.result === 'Failed' && job.message.continueOnError;
    result = mergeIntoJob(result, failed ? 'SucceededWithIssues' : done.record.result);
  }
  return {
    result: surroundings.cancel.aborted ? 'Canceled' : (result ?? 'Succeeded'),
    jobs: finished,
  };
}

async function runOne(job: CompiledJob, surroundings: RunSurroundings): Promise<FinishedJob> {
  const { source } = job;
  const { sink, cancel } = surroundings;
  const notRun = cancel.aborted ? 'Canceled' : jobShouldRun(job) ? null : 'Skipped';
  if (notRun) {
    sink(`##[section]Job ${source.displayName}: ${notRun}`);
    return unstarted(source, notRun);
  }
  sink(`##[section]Starting: ${source.displayName}`);
  const finished = await start(job, surroundings);
  sink(`##[section]Finishing: ${source.displayName}`);
  return finished;
}

async function start(
  { message }: CompiledJob,
  { work, binaries, sink, cancel, onJob }: RunSurroundings,
): Promise<FinishedJob> {
  const { record, job } = await runJob(message, {
    directories: directoriesOf(work.path),
    binaries,
    process: process.env,
    sink,
    cancel,
    onLookupId: (lookupId) => work.noteLookupId(lookupId),
    onStart: onJob,
  });
  return { record, json: toJson(record, (text) => job.masker.mask(text)) };
}

function unstarted({ name, displayName }: PipelineJob, result: TaskResult): FinishedJob {
  const now = new Date();
  const record = { name, displayName, result, start: now, finish: now, steps: [] };
  return { record, json: toJson(record, (text) => text) };
}

/** A job that depends on no other runs unless its own condition says no. */
function jobShouldRun({ source, message }: CompiledJob): boolean {
  const variables = message.variables.map((variable) => ({ ...variable, keepsCase: false }));
  return evaluateCondition(source.condition?.value ?? '', { jobResult: null, variables });
}
