import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cacheMountNamespace, cacheTag, tagPart } from '../../../../src/core/cache/scope.ts';
import { isTag } from '../../../../src/core/image/reference.ts';
import type { RunSource } from '../../../../src/core/job/run-source.ts';
import type { Platform } from '../../../../src/core/platform/platform.ts';

const amd64: Platform = { os: 'linux', architecture: 'amd64', variant: '' };
const arm64: Platform = { os: 'linux', architecture: 'arm64', variant: '' };
const source: RunSource = {
  collection: 'https://dev.azure.com/shop/',
  project: 'Shop',
  repository: 'orders',
  ref: 'refs/heads/main',
  isFork: false,
};

describe('cache scope', () => {
  it('reads as image, platforms and branch', () => {
    assert.equal(
      cacheTag('orders', [arm64, amd64], 'refs/heads/main'),
      'orders_linux-amd64.linux-arm64_main',
    );
  });

  it('knows a pull request by its number, and no branch can take its place', () => {
    assert.equal(cacheTag('orders', [amd64], 'refs/pull/7/merge'), 'orders_linux-amd64_pr-7');
    assert.match(cacheTag('orders', [amd64], 'refs/heads/pr-7'), /_pr-7-[0-9a-f]{8}$/);
  });

  it('gives two branches that differ only in "/" different tags', () => {
    const tags = ['a/b', 'a-b', 'a_b', 'A/b', 'a--b'].map((name) =>
      cacheTag('i', [], `refs/heads/${name}`),
    );
    assert.equal(new Set(tags).size, 5);
  });

  it('gives a branch and a tag of one name different tags', () => {
    assert.notEqual(cacheTag('i', [], 'refs/heads/v1'), cacheTag('i', [], 'refs/tags/v1'));
    assert.notEqual(cacheTag('i', [], 'refs/heads/tag-v1'), cacheTag('i', [], 'refs/tags/v1'));
  });

  it('is a valid tag and a different one for every image and branch', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const pair = fc.tuple(text, text);
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const tags = [one, other].map(([image, ref]) =>
          cacheTag(image, [amd64], `refs/heads/${ref}`),
        );
        assert.ok(tags.every(isTag));
        assert.equal(tags[0] === tags[1], one.join('\0') === other.join('\0'));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps what people would recognise, and hashes what could be mistaken', () => {
    assert.equal(tagPart('release-1.2'), 'release-1.2');
    assert.equal(tagPart('shop/orders'), 'shop--orders');
    for (const text of ['shop--orders', 'shop/-orders', 'shop-/orders', 'x-0a1b2c3d', 'a b', '']) {
      assert.match(tagPart(text), /-[0-9a-f]{8}$/, text);
    }
    assert.equal(new Set(['a/-b', 'a-/b', 'a---b', 'a--b', 'a/b'].map(tagPart)).size, 5);
  });
});

describe('cache mounts on a shared daemon', () => {
  it('lie in a namespace with slashes, which leaves the cache keys of layers alone', () => {
    assert.match(cacheMountNamespace(source), /^Shop\/orders-[0-9a-f]{8}\/trusted$/);
  });

  it('are apart for forks, for repositories and for organizations', () => {
    const namespaces = [
      source,
      { ...source, isFork: true, fork: 'https://example.org/one' },
      { ...source, isFork: true, fork: 'https://example.org/two' },
      { ...source, repository: 'basket' },
      { ...source, collection: 'https://dev.azure.com/other/' },
    ].map(cacheMountNamespace);
    assert.equal(new Set(namespaces).size, namespaces.length);
  });

  it('stay the same on every branch, so that a branch starts warm', () => {
    const branch = { ...source, ref: 'refs/heads/feature/x' };
    assert.equal(cacheMountNamespace(branch), cacheMountNamespace(source));
  });
});
