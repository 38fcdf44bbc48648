import { azureHost } from './host/azure-host.ts';
import type { RunAddress, TabHost } from './host/tab-host.ts';
import { addressesOf } from './run/addresses.ts';
import { hasEnded } from './run/build.ts';
import { earlierRuns } from './run/earlier-runs.ts';
import { followRun } from './run/follow-run.ts';
import type { RunState } from './run/run-state.ts';
import { pauseUntilSeen } from './host/pause.ts';
import { type BuildServer, buildServer } from './server/build-server.ts';
import { element } from './view/element.ts';
import { keepFitting } from './view/fit.ts';
import { Page } from './view/page.ts';

const mostCompared = 5;
const main = document.querySelector<HTMLElement>('main') ?? document.body;

function showTab(host: TabHost, address: RunAddress): void {
  const { collection: base, project, build } = address;
  const server = buildServer({
    ...{ base, project },
    token: () => host.token(),
    fetch: (url, init) => fetch(url, init),
  });
  const follow = (): void => void followRun(build, { server, view, pause: pauseUntilSeen });
  const page = new Page(main, addressesOf(address), follow);
  const view = {
    show: (state: RunState) => {
      page.show(state);
      host.loaded();
      void addEarlier(state, page, server);
    },
    tellTrouble: (...args: Parameters<Page['tellTrouble']>) => {
      page.tellTrouble(...args);
      host.loaded();
    },
  };
  keepFitting(main, () => {
    host.resize();
  });
  follow();
}

/** Once for a run that has ended; a run of very many builds would ask too much. */
async function addEarlier(state: RunState, page: Page, server: BuildServer): Promise<void> {
  const builds = state.reports.filter(({ content }) => content.kind === 'build');
  if (!hasEnded(state.build) || builds.length === 0 || builds.length > mostCompared) return;
  const names = builds.map(({ name }) => name);
  page.showEarlier(builds, await earlierRuns(state.build, names, server));
}

function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  main.append(element('p', {}, text));
  return text;
}

azureHost().then(
  async (host) => {
    try {
      showTab(host, await host.run());
    } catch (error) {
      host.failed(explain(error));
    }
  },
  (error: unknown) => explain(error),
);
