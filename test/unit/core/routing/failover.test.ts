import assert from 'node:assert/strict';
import { movedTo, nodeOf, successors } from '../../../../src/core/routing/failover.ts';

const replica = (name: string) => ({ name, endpoint: `tcp://${name}:1234`, options: {} });
const [a, b, c] = [replica('a'), replica('b'), replica('c')];
const node = { name: 'ci-0', platforms: ['linux/amd64'], replicas: [a, b, c] };
const names = (replicas: readonly { readonly name: string }[]): string =>
  replicas.map(({ name }) => name).join(' ');

describe('the replicas of a node', () => {
  it('succeed one another in rank, and the lost one comes last, as it may be back', () => {
    assert.equal(names(successors(node)), 'b c a');
    const moved = movedTo(node, c);
    assert.equal(names(moved.replicas), 'c b a');
    assert.equal(names(movedTo(moved, b).replicas), 'b a c');
  });

  it('are those written down as long as buildx is attached to the first of them', () => {
    const attached = { name: 'ci-0', endpoint: a.endpoint, options: {} };
    assert.equal(nodeOf([node], attached), node);
  });

  it('are the attached daemon alone when somebody attached the node elsewhere, or wrote nothing down', () => {
    const options = { cacert: '/c/ca.pem' };
    const attached = { name: 'ci-0', endpoint: 'tcp://d:1234', options };
    const alone = {
      name: 'ci-0',
      platforms: [],
      replicas: [{ name: 'tcp://d:1234', endpoint: 'tcp://d:1234', options }],
    };
    assert.deepEqual(nodeOf([node], attached), alone);
    assert.deepEqual(nodeOf([], attached), alone);
  });
});
