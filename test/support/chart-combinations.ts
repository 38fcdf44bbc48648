import type { ChartValues } from './chart.ts';

const from = [{ namespaceSelector: {} }];
const hub = { name: 'hub', registry: 'docker.io' };
const acr = {
  name: 'acr',
  registry: 'my.azurecr.io',
  credentials: { existingSecret: 'acr' },
  networkPolicy: { from },
};
const gcr = {
  name: 'gcr',
  registry: 'europe-docker.pkg.dev',
  storage: { size: '200Gi', className: 'premium-rwo' },
  credentials: {
    helper: {
      image: 'example.com/helpers:1',
      copy: ['cp', '/docker-credential-gcr', '/helpers/'],
      command: 'docker-credential-gcr',
    },
  },
  environment: { HTTPS_PROXY: 'http://proxy:3128' },
  auth: { existingSecret: 'passwords' },
  tls: { existingSecret: 'proxy-tls' },
  serviceAccount: { annotations: { 'iam.gke.io/gcp-service-account': 'x' } },
  podLabels: { team: 'ci' },
};

const registries: readonly [string, ChartValues][] = [
  ['proxy', { proxies: [hub] }],
  ['proxies', { proxies: [hub, acr, gcr] }],
  ['proxy-alone', { buildkit: { enabled: false }, proxies: [{ ...hub, mirror: false }] }],
  ['zot', { localRegistry: { enabled: true, auth: { existingSecret: 'passwords' } } }],
  [
    'distribution',
    {
      localRegistry: {
        enabled: true,
        engine: 'distribution',
        nodePort: 30500,
        tls: { existingSecret: 'registry-tls' },
        networkPolicy: { from },
      },
      test: { runImage: true },
    },
  ],
  ['binfmt', { binfmt: { enabled: true, architectures: ['amd64', 'arm64', 'arm'] } }],
  [
    'registry-prune',
    {
      registryPrune: {
        enabled: true,
        image: { repository: 'example.com/prune', tag: '1' },
        arguments: ['--rules', '/rules.yaml'],
        environment: { LOG: 'json' },
        existingSecret: 'docker',
      },
    },
  ],
  [
    'test-elsewhere',
    { test: { repository: 'example.com/ci/test', registrySecret: 'docker', runImage: true } },
  ],
];

const signIns: Readonly<Record<string, ChartValues>> = {
  pat: { pat: { existingSecret: 'pat' } },
  principal: { servicePrincipal: { clientId: 'c', tenantId: 't', existingSecret: 's' } },
  identity: { workloadIdentity: { clientId: 'c', tenantId: 't' } },
};

const agentDefaults = {
  url: 'https://dev.azure.com/contoso',
  image: { repository: 'example.com/agent', tag: '1' },
  hooks: { '10-proxy.envsh': 'export HTTPS_PROXY=http://proxy:3128' },
  capabilities: { team: 'ci' },
  environment: { TZ: 'UTC' },
};

/** Every Podman profile with every kind and way to sign in; KEDA has no service principals. */
const agents = ['none', 'privileged', 'userns', 'rootless'].flatMap((podmanProfile) =>
  ['scaledJob', 'deployment'].flatMap((kind) =>
    Object.entries(signIns)
      .filter(([way]) => kind === 'deployment' || way !== 'principal')
      .map(([way, auth]): [string, ChartValues] => [
        `agents-${podmanProfile}-${kind}-${way}`,
        {
          agentDefaults: { ...agentDefaults, podmanProfile, kind, auth },
          agents: [
            { name: 'linux', pool: 'ci' },
            { name: 'arm', pool: 'ci-arm', architecture: 'arm64', reaper: { enabled: false } },
          ],
        },
      ]),
  ),
);

/** The parts beside BuildKit, alone, among each other, and all at once. */
export const partCombinations: readonly [string, ChartValues][] = [
  ...registries,
  ...agents,
  [
    'agents-elsewhere',
    {
      buildkit: { enabled: false },
      agentDefaults: { ...agentDefaults, auth: signIns['pat'] },
      agents: [
        {
          name: 'linux',
          pool: 'ci',
          attach: { endpoints: ['tcp://buildkit:1234'], clientSecret: 'client' },
          tolerations: [{ key: 'ci', operator: 'Exists' }],
        },
        { name: 'plain', pool: 'ci', attach: { enabled: false }, scaling: { template: false } },
      ],
    },
  ],
  [
    'everything',
    {
      proxies: [hub, acr, gcr],
      localRegistry: { enabled: true },
      binfmt: { enabled: true },
      agentDefaults: { ...agentDefaults, auth: signIns['identity'] },
      agents: [{ name: 'linux', pool: 'ci' }],
    },
  ],
];
