import assert from 'node:assert/strict';
import { attachmentPlace } from '../../../../web/run/attachment-place.ts';
import { shownAttachments, stepsWithoutReport } from '../../../../web/run/shown-attachments.ts';
import { type Timeline, stepsOf } from '../../../../web/run/timeline.ts';

const place = (record: string, timeline = 'now', name = 'services') => ({
  ...{ timeline, record, type: 'daemonless.report', name },
});

const task = (id: string, order: number, more: Partial<Timeline['records'][number]> = {}) => ({
  ...{ id, parentId: 'job', type: 'Task', name: `Step ${id}`, order, state: 'completed' as const },
  ...{ result: 'succeeded', task: { name: 'BuildxMultiArch' }, ...more },
});

const job = { id: 'job', parentId: 'phase', type: 'Job', name: 'linux', order: 1 };
const phase = { id: 'phase', parentId: 'stage', type: 'Phase', name: 'linux', order: 1 };
const stage = { id: 'stage', parentId: null, type: 'Stage', name: 'Build', order: 2 };

const timeline = (...records: Timeline['records']): Timeline => ({
  id: 'now',
  records: [stage, phase, job, ...records],
});

describe('the address of an attachment', () => {
  it('tells timeline, record, type and name, whatever host it names', () => {
    for (const host of [
      'https://dev.azure.com/contoso',
      'http://tfs:8080/tfs/Default%20Collection',
    ]) {
      const href = `${host}/p/_apis/build/builds/7/t-1/r-1/attachments/daemonless.report/build-1%2Ba`;
      assert.deepEqual(attachmentPlace(href), place('r-1', 't-1', 'build-1+a'));
    }
  });

  it('of another form is none', () => {
    for (const href of [
      '',
      'https://h/_apis/build/builds/7/attachments/t',
      'javascript:alert(1)',
    ]) {
      assert.equal(attachmentPlace(href), undefined);
    }
    assert.equal(attachmentPlace('https://h/builds/7/t/r/attachments/type/%E0%A4%A'), undefined);
  });
});

describe('the steps of a timeline', () => {
  it('come in the order of stages, jobs and steps, not of the records', () => {
    const early = { ...stage, id: 'early', order: 1 };
    const first = task('first', 9, { parentId: 'early' });
    const steps = stepsOf(timeline(task('b', 2), task('a', 1), first, early));
    assert.deepEqual(
      steps.map(({ record }) => record),
      ['first', 'a', 'b'],
    );
  });

  it('of one job stay together, also where two jobs have the same place', () => {
    const other = { ...job, id: 'other' };
    const steps = stepsOf(
      timeline(
        ...[other, task('a1', 1), task('b1', 1, { parentId: 'other' })],
        ...[task('a2', 2), task('b2', 2, { parentId: 'other' })],
      ),
    );
    assert.deepEqual(
      steps.map(({ record }) => record),
      ['a1', 'a2', 'b1', 'b2'],
    );
  });

  it('know their job, and their stage unless the pipeline has none', () => {
    const [step] = stepsOf(timeline(task('a', 1)));
    assert.deepEqual([step?.job, step?.stage, step?.jobRecord], ['linux', 'Build', 'job']);
    const { records, ...rest } = timeline(task('a', 1));
    const unnamed = records.map((one) =>
      one.type === 'Stage' ? { ...one, name: '__default' } : one,
    );
    assert.equal(stepsOf({ ...rest, records: unnamed })[0]?.stage, undefined);
  });

  it('are found although records name each other as parents', () => {
    const loop = [
      { id: 'x', parentId: 'y', type: 'Phase' },
      { id: 'y', parentId: 'x', type: 'Phase' },
    ];
    assert.equal(
      stepsOf({ id: 't', records: [...loop, task('a', 1, { parentId: 'x' })] }).length,
      1,
    );
  });
});

describe('the reports that are shown', () => {
  it('are those of the last attempt of each step, in the order of the run', () => {
    const again = { ...job, previousAttempts: [{ timelineId: 'before' }] };
    const { id, records } = timeline(task('b', 2), task('a', 1));
    const now = { id, records: records.map((one) => (one.id === 'job' ? again : one)) };
    const places = [place('b'), place('a', 'before'), place('a'), place('gone', 'before')];
    const { shown, earlier } = shownAttachments(places, now);
    assert.deepEqual(
      shown.map(({ place: one }) => [one.record, one.timeline]),
      [
        ['a', 'now'],
        ['b', 'now'],
      ],
    );
    assert.equal(earlier, 2);
  });

  it('are all of them where the timeline cannot be read', () => {
    const { shown, earlier } = shownAttachments([place('a'), place('b', 'before')], undefined);
    assert.deepEqual([shown.length, earlier], [2, 0]);
  });
});

describe('a step of ours without a report', () => {
  it('is told while it is at work, and when it failed; not when it was skipped or wanted none', () => {
    const records = [
      task('running', 1, { state: 'inProgress', result: null }),
      task('failed', 2, { result: 'failed', task: { name: 'PodmanServices' } }),
      task('skipped', 3, { result: 'skipped' }),
      task('quiet', 4),
      task('foreign', 5, { result: 'failed', task: { name: 'Bash' } }),
      task('reported', 6, { result: 'failed' }),
    ];
    const { shown } = shownAttachments([place('reported')], timeline(...records));
    const silent = stepsWithoutReport(timeline(...records), shown);
    assert.deepEqual(
      silent.map(({ record }) => record),
      ['running', 'failed'],
    );
  });
});
