import { azureHost } from './host/azure-host.ts';
import type { RunAddress, TabHost } from './host/tab-host.ts';
import { addressesOf } from './run/addresses.ts';
import { followRun } from './run/follow-run.ts';
import { pauseUntilSeen } from './host/pause.ts';
import { buildServer } from './server/build-server.ts';
import { element } from './view/element.ts';
import { keepFitting } from './view/fit.ts';
import { Page } from './view/page.ts';

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
    show: (...args: Parameters<Page['show']>) => {
      page.show(...args);
      host.loaded();
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
