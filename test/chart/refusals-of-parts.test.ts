import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ChartValues, render } from '../support/chart.ts';

const proxy = { name: 'hub', registry: 'docker.io' };
const pat = { pat: { existingSecret: 'pat' } };
const workloadIdentity = { clientId: '00000000-0000-0000-0000-000000000001' };
const servicePrincipal = { clientId: 'c', tenantId: 't', existingSecret: 's' };
const agent = {
  name: 'linux',
  pool: 'ci',
  url: 'https://dev.azure.com/contoso',
  image: { repository: 'example.com/agent' },
  auth: pat,
};
const without = (key: keyof typeof agent): ChartValues =>
  Object.fromEntries(Object.entries(agent).filter(([name]) => name !== key));

/** What cannot work, and the words it is refused with. */
const refusals: readonly [what: string, values: ChartValues, words: RegExp][] = [
  [
    'two proxies of one name',
    { proxies: [proxy, proxy] },
    /proxies: two entries have the name "hub"/,
  ],
  [
    'two mirrors of one registry',
    { proxies: [proxy, { ...proxy, name: 'other' }] },
    /proxies\[hub\] and proxies\[other\] are both mirrors of docker\.io/,
  ],
  [
    'a proxy that would publish private images',
    { proxies: [{ ...proxy, credentials: { existingSecret: 'hub' } }] },
    /whoever reaches it could pull private images of docker\.io without a login/,
  ],
  [
    'a proxy with two credentials',
    {
      proxies: [
        {
          ...proxy,
          credentials: {
            existingSecret: 'hub',
            helper: { image: 'x', copy: ['cp'], command: 'helper' },
          },
        },
      ],
    },
    /has existingSecret and helper: the proxy can log in by one only/,
  ],
  ['credentials of nothing', { proxies: [{ ...proxy, credentials: {} }] }, /credentials is empty/],
  [
    'a proxy that would fill its volume',
    { proxies: [{ ...proxy, wipe: { ceiling: '100%' } }] },
    /wipe\.ceiling is 100% of a volume of 100Gi/,
  ],
  [
    'an upstream with a path',
    { proxies: [{ ...proxy, upstream: 'https://a/b' }] },
    /upstream.*does not match/s,
  ],
  [
    'a port that nodes do not give',
    { localRegistry: { enabled: true, nodePort: 5000 } },
    /Kubernetes gives ports from 30000 on/,
  ],
  [
    'retention of nothing',
    { localRegistry: { enabled: true, retention: { repositories: [] } } },
    /nothing would ever go/,
  ],
  ['an engine that is none', { localRegistry: { engine: 'harbor' } }, /zot.*distribution/s],
  [
    'emulation of nothing',
    { binfmt: { enabled: true, architectures: [] } },
    /binfmt\.architectures is empty/,
  ],
  [
    'two agents of one name',
    { agents: [agent, agent] },
    /agents: two entries have the name "linux"/,
  ],
  ['agents without an image', { agents: [without('image')] }, /image\.repository is empty: build/],
  [
    'agents of no organization',
    { agents: [without('url')] },
    /url is empty: write the organization/,
  ],
  [
    'agents that sign in by nothing',
    { agents: [without('auth')] },
    /auth is empty: an agent signs in/,
  ],
  [
    'agents that sign in by two ways',
    { agents: [{ ...agent, auth: { ...pat, workloadIdentity } }] },
    /auth has pat and workloadIdentity: an agent signs in by one of them/,
  ],
  [
    'a way to sign in that KEDA does not have',
    { agents: [{ ...agent, auth: { servicePrincipal } }] },
    /KEDA.*not by servicePrincipal/,
  ],
  [
    'fewer agents than the fewest',
    { agents: [{ ...agent, scaling: { minReplicas: 11 } }] },
    /minReplicas \(11\) is above maxReplicas \(10\)/,
  ],
  [
    'agents that attach to nothing',
    { buildkit: { enabled: false }, agents: [agent] },
    /this chart installs no BuildKit/,
  ],
  [
    'agents that attach without a certificate',
    {
      buildkit: { tls: { mode: 'existing', existing: { serverSecret: 's' } } },
      agents: [agent],
    },
    /daemons ask for a client certificate/,
  ],
  [
    'a Podman profile that is none',
    { agents: [{ ...agent, podmanProfile: 'root' }] },
    /podmanProfile/,
  ],
  ['a prune job without a program', { registryPrune: { enabled: true } }, /no published image yet/],
  [
    'a prune job that is told nothing',
    { registryPrune: { enabled: true, image: { repository: 'x' } } },
    /say what may go/,
  ],
  [
    'a test that runs what no node can pull',
    { test: { runImage: true } },
    /test\.runImage needs an image that kubelet can pull/,
  ],
];

describe('Values of the other parts that cannot work', () => {
  for (const [what, values, words] of refusals) {
    it(`are refused with a sentence: ${what}`, async () => {
      const { yaml, refusal } = await render(values);
      assert.match(refusal, words);
      assert.equal(yaml, '');
    });
  }

  it('are refused with a sentence: user namespaces before Kubernetes has them', async () => {
    const { refusal } = await render({ agents: [{ ...agent, podmanProfile: 'userns' }] }, '1.28.0');
    assert.match(refusal, /Kubernetes has from 1\.30 on.*this is v1\.28\.0/);
  });
});
