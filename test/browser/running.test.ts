import assert from 'node:assert/strict';
import type { MockRun } from '../../scripts/lib/tab-host/mock-run.ts';
import { type TabGround, recordedRun, startTabGround } from '../support/tab-ground.ts';

/** The orders pipeline while its services are being tested. */
function unfinished(): MockRun {
  const run = recordedRun('orders');
  const services = run.attachments.find(({ name }) => name === 'services');
  assert.ok(services);
  return {
    ...run,
    status: 'inProgress',
    records: run.records.map((one) =>
      one.id === services.record ? { ...one, state: 'inProgress', result: '' } : one,
    ),
    attachments: run.attachments.filter((one) => one !== services),
  };
}

const questions = (ground: TabGround): number =>
  ground.host.server.asked.filter((path) => /\/builds\/\d+\?/.test(path)).length;

describe('The tab of a run that goes on', () => {
  let ground: TabGround;

  before(async () => {
    ground = await startTabGround();
  });

  afterEach(() => ground.clear());

  after(() => ground.stop());

  it('shows what there is, says what is at work, and shows the rest when the run has ended', async () => {
    ground.runs = [unfinished()];
    const { tab, page } = await ground.open({}, { ownClock: true });
    await tab.getByText('More reports appear here as its steps end.').waitFor();
    await tab.getByText('Test against PostgreSQL and Redis is at work.').waitFor();
    assert.equal(await tab.locator('details.step').count(), 2);
    ground.runs = [recordedRun('orders')];
    await page.clock.runFor(6_000);
    await tab.getByRole('table', { name: 'Services', exact: true }).waitFor();
    assert.equal(await tab.getByText('The run goes on.').count(), 0);
  });

  it('keeps what the reader has opened, and where the focus is', async () => {
    ground.runs = [unfinished()];
    const { tab, page } = await ground.open({}, { ownClock: true });
    const steps = tab.locator('details', { hasText: 'All 9 steps' }).last();
    await steps.locator('summary').click();
    const button = tab.getByRole('button', { name: 'Copy the digest of linux/arm64' }).first();
    await button.focus();
    ground.runs = [recordedRun('orders')];
    await page.clock.runFor(6_000);
    await tab.getByRole('table', { name: 'Services', exact: true }).waitFor();
    assert.equal(await steps.getAttribute('open'), '');
    const focused = await tab.evaluate('document.activeElement.getAttribute("aria-label")');
    assert.equal(focused, 'Copy the digest of linux/arm64');
  });

  it('asks more and more seldom, and no more once the run has ended', async () => {
    ground.runs = [unfinished()];
    const { tab, page } = await ground.open({}, { ownClock: true });
    const before = questions(ground);
    await page.clock.runFor(5_500);
    await tab.getByText('The run goes on.').waitFor();
    await page.waitForTimeout(200);
    assert.equal(questions(ground) - before, 1);
    await page.clock.runFor(5_500);
    await page.waitForTimeout(200);
    assert.equal(questions(ground) - before, 1);
    ground.runs = [recordedRun('orders')];
    await page.clock.runFor(3_000);
    await tab.getByRole('table', { name: 'Services', exact: true }).waitFor();
    const atEnd = questions(ground);
    await page.clock.runFor(600_000);
    await page.waitForTimeout(200);
    assert.equal(questions(ground), atEnd);
  });

  it('does not read a report twice', async () => {
    ground.runs = [unfinished()];
    const { name = '' } = recordedRun('orders').attachments[0] ?? {};
    const reads = (): number =>
      ground.host.server.asked.filter((path) => path.includes(`/${name}?`)).length;
    const before = reads();
    const { tab, page } = await ground.open({}, { ownClock: true });
    ground.runs = [recordedRun('orders')];
    await page.clock.runFor(6_000);
    await tab.getByRole('table', { name: 'Services', exact: true }).waitFor();
    assert.equal(reads() - before, 1);
  });

  it('goes on after the server has failed once, and says so meanwhile', async () => {
    ground.runs = [unfinished()];
    const { tab, page } = await ground.open({}, { ownClock: true });
    ground.fault = (path) => (path.includes('_apis') ? 'no answer' : undefined);
    await page.clock.runFor(6_000);
    await tab.getByText(/could not be reached. It is asked again soon/).waitFor();
    assert.equal(await tab.locator('details.step').count(), 2);
    ground.fault = () => undefined;
    ground.runs = [recordedRun('orders')];
    await page.clock.runFor(8_000);
    await tab.getByRole('table', { name: 'Services', exact: true }).waitFor();
    assert.equal(await tab.getByText(/could not be reached/).count(), 0);
  });
});
