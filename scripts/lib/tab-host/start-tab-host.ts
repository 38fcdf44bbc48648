import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { contentType } from '../package/package-file.ts';
import type { HostConfig } from './host-config.ts';
import type { MockAnswer } from './mock-answer.ts';
import type { MockRun } from './mock-run.ts';
import { type MockServer, startMockServer } from './mock-server.ts';

export interface TabHostOptions {
  readonly root: string;
  /** Where the bundled tab is, relative to the root. */
  readonly folder: string;
  readonly runs: () => readonly MockRun[];
  readonly fault?: (path: string) => MockAnswer | 'no answer' | undefined;
}

/** How one visit of the tab is. */
export type Visit = Pick<HostConfig, 'build'> &
  Partial<Pick<HostConfig, 'theme' | 'tells' | 'mayCopy' | 'token'>>;

export interface TabHost {
  readonly server: MockServer;
  /** The address of a page with the tab in it. */
  address(visit: Visit): string;
  /** The tab's page without a host around it. */
  readonly tab: string;
  readonly stop: () => Promise<void>;
}

const project = '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c';
const token = 'of-the-user';

/** Serves the tab from one origin and the mock of Azure DevOps around it from another, as in life. */
export async function startTabHost(options: TabHostOptions): Promise<TabHost> {
  const { root, folder, runs, fault } = options;
  const files = await readFiles(join(root, folder));
  const script = await hostScript(root);
  const gallery = await startMockServer({
    ...{ token, project, runs: () => [] },
    page: (path) => files.get(path.slice(1)),
  });
  const tab = `${gallery.origin}/containers.html`;
  const server = await startMockServer({
    ...{ token, project, runs },
    ...(fault === undefined ? {} : { fault }),
    page: (path) => {
      if (path === '/host.js') return { status: 200, type: 'text/javascript', body: script };
      if (path.endsWith('/_build/results')) return otherPage;
      if (!path.startsWith('/visit/')) return undefined;
      return hostPage({ tab, collection: server.collection }, path.slice('/visit/'.length));
    },
  });
  return {
    ...{ server, tab },
    address: (visit) => `${server.origin}/visit/${encodeURIComponent(JSON.stringify(visit))}`,
    stop: async () => {
      await Promise.all([server.stop(), gallery.stop()]);
    },
  };
}

/** Where links of the tab lead. */
const otherPage: MockAnswer = {
  status: 200,
  type: 'text/plain; charset=utf-8',
  body: 'A page of Azure DevOps would be here, with the log or the run that was asked for.\n',
};

async function readFiles(folder: string): Promise<ReadonlyMap<string, MockAnswer>> {
  const names = ['containers.html', 'tab.js', 'style.css'];
  const entries = names.map(async (name) => {
    const body = await readFile(join(folder, name), 'utf8');
    return [name, { status: 200, type: contentType(name) ?? '', body }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function hostScript(root: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['scripts/lib/tab-host/page/host.ts'],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** @param visit a Visit as JSON, in the form of an address */
function hostPage(from: Pick<HostConfig, 'tab' | 'collection'>, visit: string): MockAnswer {
  const config: HostConfig = {
    ...{ ...from, project, token, theme: undefined, tells: 'service', mayCopy: true },
    ...(JSON.parse(decodeURIComponent(visit)) as Visit),
  };
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mock of Azure DevOps</title>
<style>body { margin: 0 } iframe { display: block; width: 100%; min-height: 100vh; border: 0 }</style></head>
<body><script type="application/json" id="config">${json}</script><script src="/host.js"></script></body></html>`;
  return { status: 200, type: 'text/html; charset=utf-8', body };
}
