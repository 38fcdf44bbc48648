import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { UserError } from '../../../src/core/errors.ts';
import type { MockAttachment, MockRecord, MockRun } from './mock-run.ts';

/** The part of the local agent's `--json` file that a run's page tells. */
const recordSchema = v.object({
  result: v.string(),
  jobs: v.array(
    v.object({
      displayName: v.string(),
      result: v.string(),
      finish: v.string(),
      steps: v.array(
        v.object({
          displayName: v.string(),
          /** e.g. `BuildxMultiArch@1.1.0`. */
          task: v.string(),
          phase: v.string(),
          result: v.string(),
          finish: v.nullable(v.string()),
          attachments: v.array(
            v.object({ type: v.string(), name: v.string(), stored: v.nullable(v.string()) }),
          ),
        }),
      ),
    }),
  ),
});

type Record = v.InferOutput<typeof recordSchema>;
type Job = Record['jobs'][number];

const timeline = '96ac2280-8cb4-5df5-99de-dd2da759617d';
const shownTypes = ['daemonless.report', 'daemonless.doctor'];

/** A run of the local agent as Azure DevOps would tell it. @throws UserError when the file is no record of one */
export async function recordedRun(file: string): Promise<MockRun> {
  const record = await readRecord(file);
  const jobs = await Promise.all(record.jobs.map(describeJob));
  const finishTime = record.jobs
    .map(({ finish }) => finish)
    .sort()
    .at(-1);
  return {
    ...{ id: 1, buildNumber: '1', status: 'completed', definition: 1 },
    result: record.result === 'Succeeded' ? 'succeeded' : 'failed',
    ...{ sourceBranch: 'refs/heads/main', timeline },
    ...(finishTime === undefined ? {} : { finishTime }),
    records: jobs.flatMap(({ records }) => records),
    attachments: jobs.flatMap(({ attachments }) => attachments),
  };
}

async function readRecord(file: string): Promise<Record> {
  try {
    return v.parse(recordSchema, JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const what = `It is no record of a run: ${cause instanceof Error ? cause.message : String(cause)}.`;
    const change = 'Name the file that `npm run agent -- PIPELINE --work DIR --json FILE` wrote.';
    throw new UserError([{ where: file, what, change }], { cause });
  }
}

async function describeJob(
  job: Job,
  at: number,
): Promise<Pick<MockRun, 'records' | 'attachments'>> {
  const id = recordId(at, 0);
  const steps = job.steps.map((step, place) => ({ step, id: recordId(at, place + 1), place }));
  const own: MockRecord = {
    ...{ id, type: 'Job', name: job.displayName, order: at + 1, state: 'completed' },
    ...{ result: job.result.toLowerCase(), finishTime: job.finish },
  };
  const records = steps.map(({ step, id: record, place }): MockRecord => {
    const [name = '', version = ''] = step.task.split('@');
    return {
      ...{ id: record, parentId: id, type: 'Task', name: step.displayName, order: place + 1 },
      ...{ state: 'completed', result: step.result.toLowerCase(), task: { id: '', name, version } },
      ...(step.finish === null ? {} : { finishTime: step.finish }),
    };
  });
  const attachments = await Promise.all(
    steps.flatMap(({ step, id: record }) =>
      step.attachments
        .filter(({ type }) => shownTypes.includes(type))
        .map(async ({ type, name, stored }): Promise<MockAttachment> => {
          const text = stored === null ? undefined : await readFile(stored, 'utf8');
          return { timeline, record, type, name, text };
        }),
    ),
  );
  return { records: [own, ...records], attachments };
}

/** Of the form that ids have. */
function recordId(job: number, step: number): string {
  return `${String(job).padStart(8, '0')}-0000-4000-8000-${String(step).padStart(12, '0')}`;
}
