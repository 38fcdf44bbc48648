import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clusterNames } from '../../../../../scripts/lib/cluster/addresses.ts';

describe('The names of a cluster', () => {
  const one = clusterNames('/tmp/one/cluster');

  it('follow from its folder, and differ for another', () => {
    assert.deepEqual(clusterNames('/tmp/one/cluster'), one);
    const other = clusterNames('/tmp/two/cluster');
    for (const key of ['cgroup', 'link', 'hostAddress', 'nodeAddress'] as const) {
      assert.notEqual(one[key], other[key]);
    }
  });

  it('are short enough for a link of Linux', () => {
    assert.ok(one.link.length <= 15, one.link);
  });

  it('give both ends of the cable one network of four addresses', () => {
    const [host, node] = [one.hostAddress, one.nodeAddress].map((address) =>
      address.split('.').map(Number),
    );
    assert.deepEqual(host?.slice(0, 3), node?.slice(0, 3));
    assert.equal((host?.[3] ?? 0) % 4, 1);
    assert.equal((node?.[3] ?? 0) % 4, 2);
  });
});
