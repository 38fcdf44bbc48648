import assert from 'node:assert/strict';
import { themes } from '../../scripts/lib/tab-host/themes.ts';
import { type TabGround, mergedRun, recordedRun, startTabGround } from '../support/tab-ground.ts';

const everything = ['orders', 'failed', 'changed', 'bake', 'doctor'];
const openAll = `document.querySelectorAll('details').forEach((one) => { one.open = true; })`;
const narrow = { width: 320, height: 640 };
const wide = { width: 1280, height: 800 };

describe('How the tab looks, and how it is used', () => {
  let ground: TabGround;

  before(async () => {
    ground = await startTabGround();
  });

  afterEach(() => ground.clear());

  after(() => ground.stop());

  for (const [name, theme] of Object.entries(themes)) {
    it(`is found to be without a fault by axe under the theme "${name}"`, async () => {
      ground.runs = [mergedRun(...everything)];
      const { tab, violations } = await ground.open({ theme });
      await tab.evaluate(openAll);
      assert.deepEqual(await violations(), []);
    });
  }

  it('has the colours of the host, and changes them with it', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab, page } = await ground.open({ theme: themes.light });
    const background = (): Promise<string> =>
      tab.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(await background(), 'rgb(255, 255, 255)');
    await page.evaluate((theme) => {
      (globalThis as unknown as { changeTheme: (to: object) => void }).changeTheme(theme);
    }, themes.dark);
    await tab.waitForFunction(
      'getComputedStyle(document.body).backgroundColor === "rgb(32, 31, 30)"',
    );
  });

  it('follows the system where the host has no theme', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab, violations } = await ground.open({}, { colorScheme: 'dark' });
    const background = await tab.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(background, 'rgb(32, 31, 30)');
    assert.deepEqual(await violations(), []);
  });

  it("shows its bars in the system's own colours of high contrast", async () => {
    ground.runs = [recordedRun('orders')];
    const { tab } = await ground.open({ theme: themes.light }, { forcedColors: 'active' });
    const fills = await tab.evaluate(
      `[...new Set([...document.querySelectorAll('rect')].map((one) => getComputedStyle(one).fill))]`,
    );
    const text = await tab.evaluate('getComputedStyle(document.body).color');
    const page = await tab.evaluate('getComputedStyle(document.body).backgroundColor');
    const colours = fills as string[];
    assert.ok(colours.includes(String(text)), JSON.stringify({ colours, text }));
    assert.ok(!colours.includes(String(page)));
  });

  it('fits into 320 pixels: only tables and logs scroll by themselves, and by the keys, too', async () => {
    ground.runs = [mergedRun(...everything)];
    const { tab, violations } = await ground.open({ theme: themes.light }, { viewport: narrow });
    await tab.evaluate(openAll);
    const width = await tab.evaluate('document.documentElement.scrollWidth');
    assert.ok(Number(width) <= narrow.width, String(width));
    await tab.waitForFunction(
      `[...document.querySelectorAll('.scroll')].every((one) => one.tabIndex === 0 || one.scrollWidth <= one.clientWidth)`,
    );
    assert.ok((await tab.locator('.scroll[tabindex]').count()) > 0);
    assert.deepEqual(await violations(), []);
  });

  it('is told its height, also when something is folded or opened', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab, page, calls } = await ground.open({}, { viewport: wide });
    const last = async (): Promise<number> => Number((await calls('resize')).at(-1)?.params[1]);
    await page.waitForFunction(
      'window.calls.some((one) => one.methodName === "resize" && one.params[1] > 1000)',
    );
    const before = await last();
    const asked = (await calls('resize')).length;
    await tab.locator('summary').first().click();
    await page.waitForFunction(
      `window.calls.filter((one) => one.methodName === "resize").length > ${asked}`,
    );
    assert.ok((await last()) < before);
  });

  it('is used with the keys alone, in the order in which it is read', async () => {
    ground.runs = [recordedRun('changed')];
    const { tab, page } = await ground.open({ theme: themes.light }, { viewport: wide });
    const focused = (): Promise<string> =>
      tab.evaluate(
        `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).slice(0, 40)`,
      );
    const stops: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      await page.keyboard.press('Tab');
      stops.push(await focused());
    }
    assert.match(stops[0] ?? '', /^Build and push the image/);
    assert.equal(stops[1], 'Log of the step');
    assert.match(stops[2] ?? '', /^Copy shop\.azurecr\.io\/shop\/app:1/);
    assert.match(stops[3] ?? '', /^Copy the digest of shop/);
    await page.keyboard.press('Shift+Tab');
    const outline = await tab.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    assert.equal(outline, 'solid');
    for (let at = 0; at < 3; at += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.equal(await tab.locator('details.step[open]').count(), 0);
  });

  it('moves nothing by itself', async () => {
    ground.runs = [recordedRun('orders')];
    const { tab } = await ground.open();
    assert.equal(await tab.evaluate('document.getAnimations().length'), 0);
  });

  it('of 200 steps draws the 40 slowest, and has all of them in a table', async () => {
    ground.runs = [recordedRun('many')];
    const { tab } = await ground.open();
    await tab.getByText('The 40 slowest of 200 steps are shown.').waitFor();
    await tab.locator('summary', { hasText: 'All 100 steps' }).click();
    const rows = tab.getByRole('table', { name: 'All 100 steps' }).getByRole('row');
    assert.equal(await rows.count(), 101);
  });
});
