import assert from 'node:assert/strict';
import {
  canonicalName,
  isImageName,
  parseReference,
  registryOf,
} from '../../../../src/core/image/reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('an image reference', () => {
  it('is name, tag and digest', () => {
    assert.deepEqual(parseReference(`my.azurecr.io/shop/orders:1.2@${digest}`), {
      name: 'my.azurecr.io/shop/orders',
      tag: '1.2',
      digest,
    });
  });

  it('does not take the port of a registry for a tag', () => {
    assert.deepEqual(parseReference('localhost:5000/orders'), { name: 'localhost:5000/orders' });
  });

  it('may name an IPv6 registry', () => {
    assert.equal(parseReference('[::1]:5000/orders:1')?.name, '[::1]:5000/orders');
  });

  it('is refused where the distribution grammar refuses it', () => {
    const refused = [
      ...['', ':1', 'Orders', 'shop/Orders:1', 'shop//orders', 'shop/-orders', 'shop/orders-:1'],
      ...['orders:', 'orders:-1', `orders:${'x'.repeat(129)}`, 'orders@sha256:abc', 'a@b@c'],
      ...['https://r.io/orders', 'r.io/a___b', 'a'.repeat(64), `r.io/${'a'.repeat(256)}`],
    ];
    assert.deepEqual(
      refused.filter((text) => parseReference(text) !== undefined),
      [],
    );
  });

  it('allows dots, double underscores and runs of dashes inside a component', () => {
    assert.ok(isImageName('r.io/a.b/c__d/e---f'));
  });
});

describe('the registry of a name', () => {
  it('is the first component only if that looks like a host', () => {
    assert.equal(registryOf('shop/orders'), 'docker.io');
    assert.equal(registryOf('localhost/orders'), 'localhost');
    assert.equal(registryOf('registry:5000/orders'), 'registry:5000');
    assert.equal(registryOf('busybox'), 'docker.io');
  });

  it('makes all spellings of a Docker Hub image one', () => {
    const spellings = [
      'busybox',
      'library/busybox',
      'docker.io/busybox',
      'index.docker.io/busybox',
    ];
    assert.deepEqual([...new Set(spellings.map(canonicalName))], ['docker.io/library/busybox']);
  });
});
