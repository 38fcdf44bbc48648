import assert from 'node:assert/strict';
import {
  type TabGround,
  mergedRun,
  recordedRun,
  startTabGround,
  withReports,
} from '../support/tab-ground.ts';

describe('The tab of a run', () => {
  let ground: TabGround;

  before(async () => {
    ground = await startTabGround();
  });

  afterEach(() => ground.clear());

  after(() => ground.stop());

  it('shows a build for two platforms: references, digests, sizes, and what was emulated', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab } = await ground.open();
    const step = tab.locator('details.step').first();
    assert.equal(
      await step.getByRole('heading', { level: 2 }).innerText(),
      'Build and push the image',
    );
    const rows = step.getByRole('table', { name: 'Platforms' }).getByRole('row');
    assert.match(
      await rows.nth(1).innerText(),
      /linux\/amd64\s+native\s+33\.3 s\s+0 of 9\s+57\.6 MB\s+sha256:/,
    );
    assert.match(await rows.nth(2).innerText(), /linux\/arm64\s+emulated/);
    const names = step.getByRole('table', { name: 'The image under all its names' });
    assert.match(await names.innerText(), /shop\.azurecr\.io\/shop\/orders:latest/);
    assert.match(await step.innerText(), /Built by\s+tcp:\/\/buildkitd-0\.buildkitd\.ci\.svc:1234/);
    assert.match(await step.innerText(), /docker\.io\/library\/debian:bookworm-slim/);
  });

  it('copies a digest, also in a page that does not let it have the clipboard', async () => {
    ground.runs = [recordedRun('orders')];
    for (const mayCopy of [true, false]) {
      const { tab, page } = await ground.open({ mayCopy }, { permissions: ['clipboard-read'] });
      const button = tab.getByRole('button', { name: 'Copy the digest of linux/arm64' }).first();
      await button.click();
      await tab.getByText('Copied the digest of linux/arm64').waitFor({ state: 'attached' });
      const copied = await page.evaluate('navigator.clipboard.readText()');
      assert.match(String(copied), /^sha256:[0-9a-f]{64}$/);
    }
  });

  it('draws the longest chain so that it shows without colours, too', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab } = await ground.open();
    const row = tab.getByRole('row', { name: /arm64 base 2\/3 RUN/ }).first();
    assert.match(await row.innerText(), /90\.8 s ◆/);
    await row.getByText('on the longest chain').waitFor({ state: 'attached' });
    const bar = row.getByRole('img', { name: /^from \d+\.\d s to \d/ });
    const other = tab
      .getByRole('row', { name: /^base images/ })
      .first()
      .getByRole('img');
    const heights = [bar, other].map((one) => one.locator('rect').first().getAttribute('height'));
    assert.deepEqual(await Promise.all(heights), ['12', '6']);
  });

  it('says where the cache broke, why, and compared with which run', async () => {
    ground.runs = [recordedRun('changed')];
    const { tab } = await ground.open();
    const cause =
      /Broke at linux\/amd64, linux\/arm64: build 3\/4 "COPY src \/src": files changed: src\/app\.txt/;
    await tab.getByText(cause).waitFor();
    const link = tab.getByRole('link', { name: /^run / });
    assert.match(
      (await link.getAttribute('href')) ?? '',
      /\/contoso\/.+\/_build\/results\?buildId=\d+$/,
    );
  });

  it('lists the findings of the checks with their place', async () => {
    ground.runs = [recordedRun('changed')];
    const { tab } = await ground.open();
    const table = tab.getByRole('table', { name: 'Checks of the Dockerfile' });
    const rule = table.getByRole('link', { name: 'JSONArgsRecommended' });
    assert.match((await rule.getAttribute('href')) ?? '', /^https:\/\/docs\.docker\.com\//);
    assert.match(await table.innerText(), /Dockerfile:8/);
  });

  it('begins a failed build with what failed, where, and its last lines', async () => {
    ground.runs = [recordedRun('failed')];
    const { tab } = await ground.open();
    const failure = tab.locator('.failure').first();
    assert.match(await failure.innerText(), /RUN echo "looking for it".*failed with exit code 1/);
    assert.match(await failure.innerText(), /Dockerfile:2/);
    assert.match(await failure.locator('pre').innerText(), /looking for it\n.*nowhere/);
    await tab
      .locator('summary')
      .first()
      .getByText(/failed in/)
      .waitFor();
  });

  it('of a build that failed marks the step in the timeline, and tells no image as pushed', async () => {
    ground.runs = [recordedRun('failed')];
    const { tab } = await ground.open();
    const steps = tab.getByRole('rowheader', { name: /RUN echo "looking for it".* failed/ });
    assert.equal(await steps.count(), 2);
    await tab.getByRole('heading', { name: 'Image, not pushed' }).waitFor();
    assert.equal(await tab.getByText('Pushed image').count(), 0);
  });

  it('shows services: state, image, address, how long each took until it was ready, how it ended', async () => {
    ground.runs = [recordedRun('orders'), recordedRun('failed')];
    const { tab } = await ground.open({ build: recordedRun('orders').id });
    const table = tab.getByRole('table', { name: 'Services', exact: true });
    assert.match(await table.innerText(), /db\s+✓\s*healthy\s+docker\.io\/library\/postgres:15/);
    assert.match(await table.innerText(), /tests\s+✓\s*completed/);
    const bar = tab.getByRole('img', {
      name: /^pulled from 0\.0 s to 5\.\d s, starting from .+, up from/,
    });
    assert.ok((await bar.count()) >= 2);
    const { tab: failed } = await ground.open({ build: recordedRun('failed').id });
    const state = failed.getByRole('row', { name: /^api/ }).first();
    assert.match(await state.innerText(), /✕\s*exited \(3\)/);
  });

  it('shows each target of a bake with its digest', async () => {
    ground.runs = [recordedRun('bake')];
    const { tab } = await ground.open();
    const rows = tab.getByRole('table', { name: 'Targets of the bake' }).getByRole('row');
    assert.match(
      await rows.nth(1).innerText(),
      /api\s+\S+\/shop\/api:1\s*Copy\s+\d of \d\s+sha256:/,
    );
    assert.match(await rows.nth(2).innerText(), /web/);
    assert.doesNotMatch(await tab.locator('.facts').innerText(), /Size/);
  });

  it('shows what a cleaned registry lost and kept, tag by tag with the reason, and what a dry run would', async () => {
    ground.runs = [recordedRun('prune')];
    const { tab, violations } = await ground.open();
    const [plan, done] = [tab.locator('details.step').first(), tab.locator('details.step').last()];
    await plan.getByText('nothing was deleted').waitFor();
    const sums = done.getByRole('table', { name: 'Repositories' });
    assert.match(await sums.innerText(), /shop\/orders\s+10\s+6\s+4\s+9/);
    await done.getByText('Tags of shop/orders').first().click();
    const tags = done.getByRole('table', { name: 'Tags of shop/orders' });
    const row = (tag: string): Promise<string> =>
      tags.getByRole('row', { name: new RegExp(`^${tag}`) }).innerText();
    assert.match(await row('41'), /40 d\s+8\.5 kB\s+deleted\s+rule 3: older than 30 d/);
    assert.match(await row('42'), /rule 3: older than 30 d; its image stays/);
    assert.match(await row('main'), /kept\s+protected tag/);
    assert.deepEqual(await violations(), []);
  });

  it('shows what the doctor found on the agent', async () => {
    ground.runs = [recordedRun('doctor')];
    const { tab } = await ground.open();
    await tab
      .getByText(/ready for services/)
      .first()
      .waitFor();
    await tab.getByRole('button', { name: 'Copy the command' }).waitFor();
  });

  it('shows texts of a build as texts: no markup, no script, no address that is none of the web', async () => {
    const nasty = '<img src=x onerror=window.pwned=1>';
    const run = recordedRun('changed');
    ground.runs = [
      withReports(
        { ...run, records: run.records.map((one) => ({ ...one, name: `${one.name} ${nasty}` })) },
        (text) =>
          text
            .replaceAll('RUN echo base', `RUN echo ${nasty}`)
            .replaceAll('src/app.txt', nasty)
            .replaceAll('/shop/app:1', `/shop/${nasty}:1`)
            .replaceAll(/https:\/\/docs\.docker\.com[^"]*/g, 'javascript:window.pwned=1'),
      ),
    ];
    const { tab } = await ground.open();
    await tab.getByText(`files changed: ${nasty}`).waitFor();
    assert.equal(await tab.locator('img, script:not([src])').count(), 0);
    assert.equal(await tab.getByRole('link', { name: 'JSONArgsRecommended' }).count(), 0);
    assert.equal(await tab.evaluate('window.pwned'), undefined);
  });

  it('shows how the same build went in the runs before it, and no later ones', async () => {
    ground.runs = ['changed', 'failed', 'many', 'orders'].map(recordedRun);
    const { tab } = await ground.open({ build: recordedRun('many').id });
    const table = tab.getByRole('table', { name: 'Earlier runs of the branch' });
    const rows = table.getByRole('row');
    assert.match(await rows.nth(1).innerText(), /20261126\.7\s+✕\s*failed\s+0 %\s+0\.\d s/);
    assert.match(
      await rows.nth(2).innerText(),
      /20261126\.6\s+✓\s*succeeded\s+25 %\s+2\.2 MB\s+1\.7 s/,
    );
    assert.equal(await rows.count(), 1 + 2);
    const first = await ground.open({ build: recordedRun('changed').id });
    await first.tab.getByRole('table', { name: 'Platforms' }).waitFor();
    await first.page.waitForTimeout(300);
    assert.equal(await first.tab.getByText('Earlier runs').count(), 0);
  });

  it('of many reports gives an overview, and opens those that failed', async () => {
    ground.runs = [mergedRun('orders', 'failed')];
    const { tab } = await ground.open();
    const overview = tab.getByRole('table', { name: 'Reports of this run' });
    assert.equal(await overview.getByRole('row').count(), 1 + 5);
    assert.equal(await tab.locator('details.step[open]').count(), 2);
    await overview.getByRole('link', { name: 'Build the tests' }).click();
    assert.equal(await tab.locator('details.step[open]').count(), 3);
  });

  it('tells its links where the log of a step is', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab } = await ground.open();
    const href = await tab
      .getByRole('link', { name: 'Log of the step' })
      .first()
      .getAttribute('href');
    const query = new URL(href ?? '').searchParams;
    assert.deepEqual([query.get('view'), query.get('buildId')], ['logs', '4021']);
    assert.ok(query.get('j') !== null && query.get('t') !== null);
  });
});
