import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoriesOf } from '../../local-agent/agent/directories.ts';
import { runJob } from '../../local-agent/agent/run-job.ts';
import type { JobRecord } from '../../local-agent/agent/step-record.ts';
import type { JobMessage, JobStep } from '../../local-agent/protocol/job-message.ts';

const TASKS = join(import.meta.dirname, '..', 'fixtures', 'agent-tasks');

/** The YAML counts whole minutes; a job message takes any part of one. */
const SECOND = 1 / 60;

const HANG = "process.on('SIGINT', () => process.exit(0)); await hang();";

function step(name: string, code: string, more: Partial<JobStep> = {}): JobStep {
  return {
    id: name,
    name,
    displayName: name,
    condition: '',
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    environment: [],
    inputs: { code },
    task: { id: 'js', name: 'Js', version: '1.2.3', folder: join(TASKS, 'Js') },
    ...more,
  };
}

function message(steps: readonly JobStep[], more: Partial<JobMessage> = {}): JobMessage {
  return {
    jobId: 'job',
    jobName: 'Job',
    displayName: 'Job',
    timelineId: 'timeline',
    timeoutInMinutes: 0,
    cancelTimeoutInMinutes: 0,
    continueOnError: false,
    variables: [],
    endpoints: [],
    secureFiles: [],
    repository: { name: 'none', folder: '/nowhere' },
    steps,
    ...more,
  };
}

describe('Time limits under the local agent', function () {
  this.timeout(20_000);
  let work: string;
  let lines: string[];

  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'agent-test-'));
    lines = [];
  });
  afterEach(async () => {
    await rm(work, { recursive: true, force: true });
  });

  async function run(job: JobMessage): Promise<JobRecord> {
    const { record } = await runJob(job, {
      directories: directoriesOf(work),
      binaries: { node20: process.execPath, node24: null, chosen: process.execPath },
      process: process.env,
      sink: (line) => lines.push(line),
      cancel: new AbortController().signal,
      onLookupId: () => Promise.resolve(),
      onStart: () => undefined,
    });
    return record;
  }

  const results = ({ steps }: JobRecord, phase: string): string[] =>
    steps.filter((item) => item.phase === phase).map(({ name, result }) => `${name} ${result}`);

  it('fail a step that takes too long, though its process then ends well', async () => {
    const record = await run(message([step('slow', HANG, { timeoutInMinutes: SECOND })]));
    assert.deepEqual(results(record, 'main'), ['slow Failed']);
    assert.ok(lines.includes('##[error]The task has timed out.'));
    assert.equal(record.result, 'Failed');
  });

  it('let continueOnError forgive a step that took too long', async () => {
    const more = { timeoutInMinutes: SECOND, continueOnError: true };
    const record = await run(message([step('slow', HANG, more), step('next', '')]));
    assert.deepEqual(results(record, 'main'), ['slow SucceededWithIssues', 'next Succeeded']);
  });

  it('of a job cancel it: the running step, not its post-job parts', async () => {
    const record = await run(message([step('slow', HANG)], { timeoutInMinutes: SECOND }));
    assert.equal(record.result, 'Canceled');
    assert.deepEqual(results(record, 'main'), ['slow Canceled']);
    assert.deepEqual(results(record, 'post'), ['slow Succeeded']);
  });

  it('of a cancelled job end what is left, post-job parts too', async () => {
    const endless = step('endless', HANG, { condition: 'always()' });
    const limits = { timeoutInMinutes: SECOND, cancelTimeoutInMinutes: SECOND };
    const record = await run(message([endless], limits));
    assert.deepEqual(results(record, 'main'), ['endless Canceled']);
    assert.deepEqual(results(record, 'post'), ['endless Skipped']);
    assert.ok(lines.some((line) => line.includes('did not end in time after its cancellation')));
  });
});
