import assert from 'node:assert/strict';
import { json } from '../../scripts/lib/tab-host/mock-answer.ts';
import {
  type HostCall,
  type TabGround,
  recordedRun,
  startTabGround,
  withReports,
} from '../support/tab-ground.ts';

describe('The tab, where something is in its way,', () => {
  let ground: TabGround;

  before(async () => {
    ground = await startTabGround();
  });

  beforeEach(() => {
    ground.runs = [recordedRun('changed')];
  });

  afterEach(() => ground.clear());

  after(() => ground.stop());

  it('says which tasks attach reports when none did, though the server answers 404 to the list', async () => {
    ground.runs = [{ ...recordedRun('changed'), attachments: [] }];
    const { tab, calls } = await ground.open();
    await tab.getByText(/No step of this run attached a report. BuildxMultiArch@1 and/).waitFor();
    await tab.getByRole('link', { name: 'What the reports tell' }).waitFor();
    assert.equal((await calls('notifyLoadSucceeded')).length, 1);
  });

  it('says that a step failed before it had anything to report', async () => {
    const run = recordedRun('failed');
    ground.runs = [{ ...run, attachments: [] }];
    const { tab } = await ground.open();
    await tab
      .getByText('Build and push the image failed before it had anything to report.')
      .waitFor();
    assert.equal(await tab.getByText('No step of this run').count(), 0);
  });

  it('says that a report is of a newer version, and gives the report itself', async () => {
    ground.runs = [
      withReports(recordedRun('changed'), (text) => text.replace('"version":1', '"version":2')),
    ];
    const { tab } = await ground.open();
    await tab
      .getByText(/schema daemonless.build, version 2, which this tab does not know/)
      .waitFor();
    await tab.getByRole('link', { name: 'Open the report itself' }).waitFor();
  });

  it('says what is wrong with a damaged report', async () => {
    ground.runs = [withReports(recordedRun('changed'), (text) => text.replace('"ms":', '"msec":'))];
    const { tab } = await ground.open();
    await tab.getByText(/does not follow its schema: ms: Invalid key/).waitFor();
  });

  it('says that a report has expired, and shows the others', async () => {
    const run = recordedRun('orders');
    const [first, ...others] = run.attachments;
    assert.ok(first);
    ground.runs = [{ ...run, attachments: [{ ...first, text: undefined }, ...others] }];
    const { tab } = await ground.open();
    await tab.getByText('Azure DevOps lists the report, but no longer has it.').waitFor();
    assert.equal(await tab.getByRole('table', { name: 'Services', exact: true }).count(), 1);
  });

  it('loads no more than 10 MB of a report, and links to it', async () => {
    ground.runs = [withReports(recordedRun('changed'), (text) => text + ' '.repeat(10_000_000))];
    const { tab } = await ground.open();
    await tab.getByText('The report has more than 10.0 MB.').waitFor();
    const link = tab.getByRole('link', { name: 'Open the report itself' });
    assert.match(
      (await link.getAttribute('href')) ?? '',
      /\/attachments\/daemonless\.report\/build-/,
    );
  });

  it('says which permission is missing, and not only that something is', async () => {
    ground.fault = (path) => (path.includes('_apis') ? json(403, {}) : undefined);
    const { tab, calls } = await ground.open();
    await tab
      .getByRole('alert')
      .getByText(/needs the permission View builds/)
      .waitFor();
    assert.equal((await calls('notifyLoadSucceeded')).length, 1);
  });

  it('takes the sign-in page in place of an answer for what it is', async () => {
    ground.fault = (path) =>
      path.includes('_apis') ? { status: 203, type: 'text/html', body: '<html>' } : undefined;
    const { tab } = await ground.open();
    await tab
      .getByRole('alert')
      .getByText(/no longer signed in/)
      .waitFor();
  });

  it('can be asked again after the server was not reached', async () => {
    ground.fault = (path) => (path.includes('_apis') ? 'no answer' : undefined);
    const { tab } = await ground.open();
    await tab.getByText('The server could not be reached.').waitFor();
    ground.fault = () => undefined;
    await tab.getByRole('button', { name: 'Try again' }).click();
    await tab.getByRole('heading', { name: 'Build and push the image' }).waitFor();
    assert.equal(await tab.getByText('The server could not be reached.').count(), 0);
  });

  it('shows the run alone where earlier ones cannot be read', async () => {
    ground.fault = (path) => (path.includes('/builds?') ? json(500, {}) : undefined);
    const { tab, page } = await ground.open();
    await tab.getByRole('table', { name: 'Platforms' }).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await tab.getByRole('alert').innerText(), '');
  });

  it('shows the reports without names of steps where the timeline cannot be read', async () => {
    ground.fault = (path) => (path.includes('/timeline') ? json(500, {}) : undefined);
    const { tab } = await ground.open();
    await tab.getByRole('heading', { name: /^build-[0-9a-f]{8}$/ }).waitFor();
  });

  it('shows a step that ran again once, with its last attempt', async () => {
    const run = recordedRun('changed');
    const [report] = run.attachments;
    assert.ok(report);
    const timeline = 'aaaaaaaa-0000-4000-8000-000000000000';
    const previousAttempts = [{ attempt: 1, timelineId: timeline, recordId: report.record }];
    ground.runs = [
      {
        ...run,
        records: run.records.map((one) =>
          one.type === 'Job' ? { ...one, attempt: 2, previousAttempts } : one,
        ),
        attachments: [{ ...report, timeline, text: '{}' }, report],
      },
    ];
    const { tab } = await ground.open();
    assert.equal(await tab.locator('details.step').count(), 1);
    await tab.getByText('1 report of an earlier attempt is not shown.').waitFor();
    await tab.getByRole('table', { name: 'Platforms' }).waitFor();
  });

  it('learns its run from the older configuration where the service does not tell it', async () => {
    const { tab } = await ground.open({ tells: 'configuration' });
    await tab.getByRole('heading', { name: 'Build and push the image' }).waitFor();
  });

  it('says that nothing answers it outside of Azure DevOps', async () => {
    const page = await ground.openAlone();
    await page.clock.runFor(16_000);
    await page.getByText('Azure DevOps gave no answer in 15 s.').waitFor();
  });

  it('ends the spinner with a reason when the page tells it no run', async () => {
    const { page } = await ground.open({ tells: 'nothing' }, {});
    await page.waitForFunction(
      'window.calls.some((call) => call.methodName === "notifyLoadFailed")',
    );
    const calls = await page.evaluate<readonly HostCall[]>('window.calls');
    const call = calls.find(({ methodName }) => methodName === 'notifyLoadFailed');
    assert.deepEqual(call?.params, ['The page of Azure DevOps did not tell the run.']);
  });
});
