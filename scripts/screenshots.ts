import { readFile } from 'node:fs/promises';
import { bundleTab, tabFolder } from './lib/build/bundle-tab.ts';
import { runScript } from './lib/run-script.ts';
import { launchChromium } from './lib/tab-host/chromium.ts';
import type { MockRun } from './lib/tab-host/mock-run.ts';
import { type TabHost, startTabHost } from './lib/tab-host/start-tab-host.ts';
import { themes } from './lib/tab-host/themes.ts';

/** What the Marketplace advises. */
const viewport = { width: 1366, height: 768 };

/** Each shows the page from the heading on that it names. */
const pictures = [
  { file: 'images/tab-build.png', theme: themes.light, heading: 'Pushed image' },
  { file: 'images/tab-services.png', theme: themes.dark, heading: 'Test against PostgreSQL' },
];

async function takePictures(host: TabHost, build: number): Promise<void> {
  const browser = await launchChromium();
  for (const { file, theme, heading } of pictures) {
    const page = await browser.newPage({ viewport });
    await page.goto(host.address({ build, theme }));
    const place = page.frameLocator('iframe').getByRole('heading', { name: heading }).first();
    await place.waitFor();
    const box = await place.boundingBox();
    await page.mouse.wheel(0, (box?.y ?? 0) - 16);
    await page.waitForTimeout(300);
    await page.screenshot({ path: file });
    console.log(file);
  }
  await browser.close();
}

await runScript(async () => {
  const root = process.cwd();
  const file = 'test/fixtures/runs/orders.json';
  const run = JSON.parse(await readFile(file, 'utf8')) as MockRun;
  await bundleTab(root);
  const host = await startTabHost({ root, folder: tabFolder, runs: () => [run] });
  try {
    await takePictures(host, run.id);
  } finally {
    await host.stop();
  }
});
