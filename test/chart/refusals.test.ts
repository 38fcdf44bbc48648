import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ChartValues, render } from '../support/chart.ts';

const pool = { name: 'amd64', architecture: 'amd64' };
const emptyDir = { kind: 'emptyDir', size: '50Gi' };

/** What cannot work, and the words it is refused with. */
const refusals: readonly [what: string, buildkit: ChartValues, words: RegExp][] = [
  [
    'a ceiling of nothing',
    { gc: { ceiling: '0%' } },
    /ceiling is 0%: without a ceiling the cache grows/,
  ],
  [
    'a ceiling above the volume',
    { gc: { ceiling: '200Gi' } },
    /ceiling is 200Gi: that is more than 90% of the volume/,
  ],
  [
    'a ceiling that leaves builds no room in an emptyDir',
    { storage: emptyDir, gc: { ceiling: '80%' } },
    /more than 60% of the sizeLimit, beyond which kubelet evicts/,
  ],
  [
    'a reserve above the ceiling',
    { gc: { reserved: '80%' } },
    /reserved \(80%\) is above the ceiling/,
  ],
  [
    'more reserve and free space than there is',
    { gc: { reserved: '60%', free: '50%' } },
    /together are more than the volume/,
  ],
  ['a share above the whole', { gc: { free: '120%' } }, /expected a share from 0% to 100%/],
  ['a size that is none', { storage: { size: 'big' } }, /storage.*size/s],
  ['plain TCP that everyone reaches', { tls: { mode: 'none' } }, /say who may.*networkPolicy/],
  [
    'plain TCP with a policy for everyone',
    { tls: { mode: 'none' }, networkPolicy: { enabled: true } },
    /say who may/,
  ],
  ['certificates of nobody', { tls: { mode: 'existing' } }, /existing\.serverSecret is empty/],
  [
    'cert-manager without an issuer',
    { tls: { mode: 'certManager' } },
    /issuer\.name is empty: name the Issuer/,
  ],
  [
    'two pools of one name',
    { pools: [pool, pool] },
    /buildkit\.pools: two entries have the name "amd64"/,
  ],
  ['no pool', { pools: [] }, /pools is empty: name at least one pool/],
  ['a pool without an architecture', { pools: [{ name: 'x' }] }, /architecture/],
  ['a profile that is none', { securityProfile: 'root' }, /rootless.*userns.*privileged/s],
  [
    'a rootless pool with privileges',
    { pools: [{ ...pool, securityProfile: 'rootless', privileged: true }] },
    /privileged.*not allowed/s,
  ],
  [
    'a mirror with a scheme',
    { mirrors: [{ registry: 'docker.io', mirror: 'http://c' }] },
    /mirror/,
  ],
  [
    'one mirror host that is reached in two ways',
    {
      mirrors: [
        { registry: 'docker.io', mirror: 'cache:5000/hub', http: true },
        { registry: 'quay.io', mirror: 'cache:5000/quay' },
      ],
    },
    /says twice how to reach cache:5000, and differently/,
  ],
  ['a mirror of no registry', { mirrors: [{ mirror: 'cache:5000' }] }, /registry/],
  [
    'scaling below its start',
    { autoscaling: { kind: 'hpa', minReplicas: 5 } },
    /minReplicas \(5\) is above maxReplicas \(3\)/,
  ],
  [
    'scaling without what it counts',
    { autoscaling: { kind: 'hpa' }, metrics: { enabled: false } },
    /set buildkit\.metrics\.enabled to true/,
  ],
  ['KEDA without Prometheus', { autoscaling: { kind: 'keda' } }, /set prometheusAddress/],
  [
    'a prune job without a client certificate',
    {
      tls: { mode: 'existing', existing: { serverSecret: 's' } },
      pruneCron: { enabled: true },
    },
    /existing\.clientSecret/,
  ],
  ['a value nobody knows', { replicas: 3 }, /replicas.*not allowed/s],
];

describe('Values of BuildKit that cannot work', () => {
  for (const [what, buildkit, words] of refusals) {
    it(`are refused with a sentence: ${what}`, async () => {
      const { yaml, refusal } = await render({ buildkit });
      assert.match(refusal, words);
      assert.equal(yaml, '');
    });
  }

  it('are refused with a sentence: user namespaces before Kubernetes has them', async () => {
    const { refusal } = await render({ buildkit: { securityProfile: 'userns' } }, '1.28.0');
    assert.match(refusal, /Kubernetes has from 1\.30 on.*would leave the namespace out/);
  });
});
