import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { bundleTab, tabFolder } from '../../scripts/lib/build/bundle-tab.ts';
import { launchChromium } from '../../scripts/lib/tab-host/chromium.ts';
import type { MockAnswer } from '../../scripts/lib/tab-host/mock-answer.ts';
import type { MockRun } from '../../scripts/lib/tab-host/mock-run.ts';
import {
  type TabHost,
  type Visit,
  startTabHost,
} from '../../scripts/lib/tab-host/start-tab-host.ts';

/** A call of the tab's to the page around it. */
export interface HostCall {
  readonly methodName: string;
  readonly params: readonly unknown[];
}

/** The tab in the mock of Azure DevOps, in a real browser. */
export interface OpenTab {
  readonly page: Page;
  readonly tab: Frame;
  /** What the tab called, by name, so far. */
  readonly calls: (name: string) => Promise<readonly HostCall[]>;
  /** What axe finds wrong, one line each. */
  readonly violations: () => Promise<readonly string[]>;
}

export interface TabGround {
  /** What the server knows; may be changed at any time. */
  runs: readonly MockRun[];
  fault: (path: string) => MockAnswer | 'no answer' | undefined;
  readonly host: TabHost;
  open(visit?: Partial<Visit>, options?: OpenOptions): Promise<OpenTab>;
  /** The tab's page by itself, with a clock that stands still. */
  openAlone(): Promise<Page>;
  /** Closes what was opened, and forgets runs and faults. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** The page's clock stands still until a test moves it. */
  readonly ownClock?: boolean;
}

/** One browser and one bundle for all tests of a process. */
let shared: Promise<Browser> | undefined;

after(async () => {
  await (await shared)?.close();
});

async function openBrowser(): Promise<Browser> {
  await bundleTab(process.cwd());
  return launchChromium();
}

/** Starts the mock host, and what tests share where it is not there yet. */
export async function startTabGround(): Promise<TabGround> {
  const root = process.cwd();
  shared ??= openBrowser();
  const browser = await shared;
  const ground: TabGround = {
    runs: [],
    fault: () => undefined,
    host: await startTabHost({
      ...{ root, folder: tabFolder },
      runs: () => ground.runs,
      fault: (path) => ground.fault(path),
    }),
    open: (visit = {}, options = {}) => open(browser, ground, visit, options),
    openAlone: async () => {
      const page = await (await browser.newContext()).newPage();
      await page.clock.install();
      await page.goto(ground.host.tab);
      return page;
    },
    clear: async () => {
      ground.runs = [];
      ground.fault = () => undefined;
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    stop: () => ground.host.stop(),
  };
  return ground;
}

async function open(
  browser: Browser,
  { host, runs }: TabGround,
  visit: Partial<Visit>,
  { ownClock = false, ...options }: OpenOptions,
): Promise<OpenTab> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  if (ownClock) await page.clock.install();
  await page.goto(host.address({ build: runs[0]?.id ?? 0, ...visit }));
  const tab = page.frames().find((frame) => frame !== page.mainFrame());
  if (tab === undefined) throw new Error('The mock host made no frame.');
  // The end of the host's spinner, or the tab's own word that there is none.
  await tab
    .locator('main :is(details.step, p:not(.hidden))')
    .first()
    .waitFor({ state: 'attached' });
  if (errors.length > 0) throw new Error(errors.join('; '));
  return {
    ...{ page, tab },
    calls: async (name) => {
      const calls = await page.evaluate<readonly HostCall[]>('window.calls');
      return calls.filter(({ methodName }) => methodName === name);
    },
    violations: () => violationsOf(tab),
  };
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

async function violationsOf(tab: Frame): Promise<readonly string[]> {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

/** A run that the local agent has made, as Azure DevOps would tell it: test/fixtures/runs/README.md. */
export function recordedRun(name: string): MockRun {
  const file = new URL(`../fixtures/runs/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as MockRun;
}

/** One run with the steps and reports of several. */
export function mergedRun(...names: readonly string[]): MockRun {
  const runs = names.map((name, at) => withMark(recordedRun(name), String(at + 1)));
  const [first] = runs;
  if (first === undefined) throw new Error('Name a run.');
  return {
    ...first,
    records: runs.flatMap(({ records }) => records),
    attachments: runs.flatMap(({ attachments }) => attachments),
  };
}

/** Every id begins with the mark, so that those of two runs differ. */
function withMark(run: MockRun, mark: string): MockRun {
  const marked = (id: string): string => mark + id.slice(1);
  return {
    ...run,
    records: run.records.map((one) => ({
      ...{ ...one, id: marked(one.id) },
      ...(one.parentId === undefined ? {} : { parentId: marked(one.parentId) }),
    })),
    attachments: run.attachments.map((one) => ({ ...one, record: marked(one.record) })),
  };
}

/** The same run with other reports: `change` gets each one's text. */
export function withReports(run: MockRun, change: (text: string) => string | undefined): MockRun {
  const attachments = run.attachments.map((one) => ({
    ...one,
    text: one.text === undefined ? undefined : change(one.text),
  }));
  return { ...run, attachments };
}
