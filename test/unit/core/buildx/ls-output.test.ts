import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { NodePlan } from '../../../../src/core/buildx/create-args.ts';
import { findBuilder, isAsPlanned } from '../../../../src/core/buildx/ls-output.ts';

const captured = readFileSync('test/fixtures/buildx/v0.36.1/ls.jsonl', 'utf8');

function builder(name: string) {
  const found = findBuilder(captured, name);
  assert.ok(found);
  return found;
}

function onlyNode(name: string) {
  const [node, ...others] = builder(name).Nodes;
  assert.ok(node !== undefined && others.length === 0);
  return node;
}

describe('buildx ls --format json', () => {
  it('has a running builder with its node, platforms and version', () => {
    const node = onlyNode('n1');
    assert.equal(node.Status, 'running');
    assert.equal(node.Endpoint, 'tcp://127.0.0.1:18761');
    assert.ok(node.Platforms.includes('linux/arm64'));
  });

  it('has a builder whose daemon is not reached, without platforms', () => {
    const node = onlyNode('mtls');
    assert.equal(node.Status, 'inactive');
    assert.deepEqual(node.DriverOpts, { cacert: '/certs/ca.pem' });
  });

  it('has no builder of another name, nor one in output that is not JSON', () => {
    assert.equal(findBuilder(captured, 'other'), undefined);
    assert.equal(findBuilder('NAME/NODE  DRIVER/ENDPOINT\nn1  remote', 'n1'), undefined);
  });

  it('lists a builder once for each node before v0.21, which makes no difference', () => {
    assert.deepEqual(findBuilder(captured + captured, 'n1'), builder('n1'));
  });
});

describe('a builder that is there already', () => {
  const node = {
    name: onlyNode('mtls').Name,
    endpoint: 'tcp://127.0.0.1:18762',
    platforms: [],
    tls: { ca: '/certs/ca.pem' },
  };
  const plan = (...nodes: readonly NodePlan[]) => ({ name: 'mtls', nodes });
  const plain = { name: onlyNode('n1').Name, endpoint: 'tcp://127.0.0.1:18761', platforms: [] };

  it('stays when endpoint and TLS options are the same', () => {
    assert.ok(isAsPlanned(builder('mtls'), plan(node)));
    assert.ok(isAsPlanned(builder('n1'), plan(plain)));
  });

  it('is another one when name, endpoint, options, driver or the number of nodes differ', () => {
    const found = builder('mtls');
    assert.ok(!isAsPlanned(found, plan({ ...node, name: 'other' })));
    assert.ok(!isAsPlanned(found, plan({ ...node, endpoint: 'tcp://127.0.0.1:1' })));
    assert.ok(!isAsPlanned(found, plan({ ...plain, endpoint: node.endpoint })));
    assert.ok(!isAsPlanned(found, plan({ ...node, tls: { ...node.tls, serverName: 'x' } })));
    assert.ok(!isAsPlanned({ ...found, Driver: 'docker-container' }, plan(node)));
    assert.ok(!isAsPlanned({ ...found, Nodes: [...found.Nodes, ...found.Nodes] }, plan(node)));
    assert.ok(!isAsPlanned(found, plan(node, { ...node, name: 'mtls-1' })));
  });

  it('is another one when a node was made for fewer platforms', () => {
    const found = builder('n1');
    assert.ok(isAsPlanned(found, plan({ ...plain, platforms: ['linux/arm64'] })));
    assert.ok(!isAsPlanned(found, plan({ ...plain, platforms: ['linux/s390x'] })));
  });
});
