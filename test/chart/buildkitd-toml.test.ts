import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { ChartValues } from '../support/chart.ts';
import { policyOf } from '../support/chart-policy.ts';

const mebi = 1024 ** 2;
const persistent = { kind: 'persistentVolume', size: '1000Mi' };
const small = { kind: 'emptyDir', size: '1000Mi' };
const from = [{ podSelector: {} }];

/** Configurations of every form that the chart makes, and the ceiling that must be in force. */
const configurations: readonly [what: string, values: ChartValues, ceiling: number][] = [
  ['a volume', { buildkit: { storage: persistent } }, 700 * mebi],
  [
    'an ephemeral volume',
    { buildkit: { storage: { ...persistent, kind: 'ephemeralVolume' } } },
    700 * mebi,
  ],
  ['an emptyDir', { buildkit: { storage: small } }, 600 * mebi],
  [
    'a size of its own',
    { buildkit: { storage: persistent, gc: { ceiling: '500Mi', reserved: '10%' } } },
    500 * mebi,
  ],
  [
    'a pool that says it for itself',
    {
      buildkit: {
        pools: [
          { name: 'amd64', architecture: 'amd64', storage: persistent, gc: { ceiling: '40%' } },
        ],
      },
    },
    400 * mebi,
  ],
  [
    'plain TCP without metrics',
    {
      buildkit: {
        storage: persistent,
        tls: { mode: 'none' },
        networkPolicy: { enabled: true, from },
        metrics: { enabled: false },
      },
    },
    700 * mebi,
  ],
  [
    'proxies, mirrors and the local registry',
    {
      buildkit: {
        storage: persistent,
        mirrors: [
          { registry: 'quay.io', mirror: 'cache:5000/quay', caSecret: 'ca' },
          { registry: 'ghcr.io', mirror: 'cache:5000/ghcr', caSecret: 'ca' },
          { registry: 'docker.io', mirror: 'other:5000', insecure: true },
        ],
      },
      proxies: [{ name: 'hub', registry: 'docker.io' }],
      localRegistry: { enabled: true },
    },
    700 * mebi,
  ],
];

describe('Every form of buildkitd.toml that the chart makes', () => {
  for (const profile of ['privileged', 'rootless']) {
    const wanted =
      profile === 'rootless' ? [configurations[0], configurations.at(-1)] : configurations;
    for (const [what, values, ceiling] of wanted.filter((one) => one !== undefined)) {
      it(`is taken by buildkitd and bounds the cache: ${profile}, ${what}`, async () => {
        const folder = await mkdtemp(join(tmpdir(), 'chart-toml-'));
        try {
          const policy = await policyOf(profile, values, folder);
          assert.equal(policy.rules, 4);
          assert.deepEqual(policy.ceilings, [ceiling, ceiling], policy.text);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      });
    }
  }
});
