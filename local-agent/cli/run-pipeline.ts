import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobContext } from '../agent/job-context.ts';
import type { LineSink } from '../agent/log.ts';
import type { NodeBinaries } from '../agent/node-binaries.ts';
import type { TaskResult } from '../agent/result.ts';
import { startFakeServer, type FakeServer } from '../fake-server/fake-server.ts';
import { type StoredRun, keepRun, readRuns } from '../fake-server/run-store.ts';
import type { Resources } from '../server/resources.ts';
import { formatProblem } from '../server/yaml/problem.ts';
import { storedRun } from './stored-run.ts';
import { packStandIns } from '../server/stand-in-packages.ts';
import { checkFolders } from './check-folders.ts';
import { compileJobs } from './compile.ts';
import { findNode } from './find-node.ts';
import { loadInput, type FreshFacts, type LoadedInput } from './load-pipeline.ts';
import type { Options } from './options.ts';
import type { RunRecord } from './run-record.ts';
import { runJobs, type FinishedJob } from './run-jobs.ts';
import { summaryLines } from './summary.ts';
import { openWorkFolder, type WorkFolder } from './work-folder.ts';

/** What the fake server answers from while jobs come and go. */
interface Live {
  resources: Resources | null;
  readonly jobs: JobContext[];
}

/**
 * Runs a pipeline from its file to its record.
 * @throws UsageError or InvalidInputError when something is wrong with the input; then no step has run
 */
export async function runPipeline(
  options: Options,
  sink: LineSink,
  cancel: AbortSignal,
): Promise<TaskResult> {
  checkFolders(options);
  const binaries = findNode(options.node);
  const work = await openWorkFolder(options.work);
  try {
    return await runIn(work, options, { binaries, sink, cancel });
  } finally {
    await work.release();
  }
}

async function runIn(
  work: WorkFolder,
  options: Options,
  { binaries, sink, cancel }: { binaries: NodeBinaries; sink: LineSink; cancel: AbortSignal },
): Promise<TaskResult> {
  const live: Live = { resources: null, jobs: [] };
  const identity = {
    buildId: randomInt(1, 2 ** 31 - 1),
    accessToken: randomBytes(24).toString('hex'),
  };
  const earlierRuns = options.history === null ? [] : await readRuns(options.history);
  const server = await serve(live, { ...identity, earlierRuns });
  try {
    const { collectionUri } = server;
    const fresh = { ...identity, collectionUri, startedAt: new Date(), planId: randomUUID() };
    const input = await loadInput(options, fresh);
    live.resources = input.resources;
    const jobs = await compile(input, options, work, sink);
    const onJob = (job: JobContext): unknown => live.jobs.push(job);
    const { result, jobs: finished } = await runJobs(jobs, { work, binaries, sink, cancel, onJob });
    await report(options, { result, finished }, sink);
    if (options.history !== null)
      await keepRun(options.history, storedRun(input.run, result, live.jobs));
    return result;
  } finally {
    await server.stop();
  }
}

/** What is known of the run before its jobs. */
interface ServedRun extends Pick<FreshFacts, 'buildId' | 'accessToken'> {
  readonly earlierRuns: readonly StoredRun[];
}

async function serve(
  live: Live,
  { buildId, accessToken, earlierRuns }: ServedRun,
): Promise<FakeServer> {
  return await startFakeServer({
    token: accessToken,
    buildId,
    earlierRuns,
    attachments: () => live.jobs.flatMap((job) => job.attachments.list()),
    secureFile: (id, ticket) => {
      const known = live.jobs.some(({ message }) =>
        message.secureFiles.some((file) => file.id === id && file.ticket === ticket),
      );
      return known
        ? (live.resources?.secureFiles.find((file) => file.id === id)?.path ?? null)
        : null;
    },
  });
}

async function compile(
  input: LoadedInput,
  options: Options,
  work: WorkFolder,
  sink: LineSink,
): Promise<Awaited<ReturnType<typeof compileJobs>>> {
  const standIns = join(work.path, '_stand-ins');
  await packStandIns(standIns);
  const { unused } = input.pipeline;
  const jobs = await compileJobs(input, options, standIns);
  for (const warning of input.source.warnings) sink(`##[warning]${formatProblem(warning)}`);
  if (unused.length > 0)
    sink(`Not used here, the pipeline runs now and on this machine: ${unused.join(', ')}`);
  return jobs;
}

async function report(
  { json, pipeline }: Options,
  { result, finished }: { result: TaskResult; finished: readonly FinishedJob[] },
  sink: LineSink,
): Promise<void> {
  const records = finished.map(({ record }) => record);
  summaryLines(result, records).forEach(sink);
  if (!json) return;
  const record: RunRecord = { pipeline, result, jobs: finished.map((job) => job.json) };
  await writeFile(json, `${JSON.stringify(record, null, 2)}\n`);
}
