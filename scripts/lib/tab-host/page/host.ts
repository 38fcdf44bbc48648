import type { HostConfig } from '../host-config.ts';
import { type Call, openChannel } from './channel.ts';

/**
 * A MOCK of Azure DevOps' page around a tab: the part of its host control and its services that the tab's SDK calls,
 * over the real protocol. What was called is kept for tests.
 */
const config = JSON.parse(document.getElementById('config')?.textContent ?? '') as HostConfig;
const frame = document.createElement('iframe');
frame.title = 'Containers';
frame.src = config.tab;
if (config.mayCopy) frame.allow = 'clipboard-write';

const calls: Call[] = [];
Object.assign(window, { calls });

const build = { id: config.build };
const services: Readonly<Record<string, object>> = {
  'ms.vss-features.location-service': {
    getResourceAreaLocation: () => config.collection,
    getServiceLocation: () => config.collection,
  },
  'ms.vss-tfs-web.tfs-page-data-service': {
    getProject: () => ({ id: config.project, name: 'shop' }),
  },
  'ms.vss-build-web.build-page-data-service': {
    getBuildPageData: () => (config.tells === 'service' ? { build } : {}),
  },
};

function onBuildChanged(tell: (told: object) => void): void {
  tell(build);
}

const control = {
  initialHandshake: () => ({
    contributionId: 'daemonless-pipelines.daemonless-pipelines.containers-tab',
    context: {
      extension: { id: 'daemonless-pipelines.daemonless-pipelines' },
      user: { name: 'ana@contoso.example' },
      host: { name: 'contoso' },
      pageContext: {},
    },
    initialConfig: config.tells === 'configuration' ? { onBuildChanged } : {},
    ...(config.theme === undefined ? {} : { themeData: config.theme }),
  }),
  notifyLoadSucceeded: () => undefined,
  notifyLoadFailed: () => undefined,
  getAccessToken: () => ({ token: config.token }),
  resize: (_: number, height: number) => {
    frame.style.height = `${height}px`;
  },
};

const channel = openChannel(
  frame,
  {
    'DevOps.HostControl': control,
    'DevOps.ServiceManager': { getService: (id: string) => services[id] },
  },
  (call) => calls.push(call),
);

Object.assign(window, {
  changeTheme: (theme: Readonly<Record<string, string>>) => {
    document.body.style.background = theme['background-color'] ?? '';
    channel.call('DevOps.SdkClient', 'dispatchEvent', [
      'themeChanged',
      { detail: { data: theme } },
    ]);
  },
});

document.body.style.background = config.theme?.['background-color'] ?? '';
document.body.append(frame);
