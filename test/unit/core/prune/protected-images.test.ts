import assert from 'node:assert/strict';
import { describeProblem } from '../../../../src/core/errors.ts';
import { digestsFor, readProtectedImages } from '../../../../src/core/prune/protected-images.ts';
import { digestOf } from '../../../support/prune-states.ts';

const read = (...lines: readonly string[]) => {
  const result = readProtectedImages('protectedImages', lines);
  if (!result.ok) throw new Error(result.problems.map(describeProblem).join());
  return result.value;
};

describe('images that run somewhere', () => {
  const digest = digestOf('a');

  it('are named by tag, whatever the registry is called there', () => {
    const { tags } = read('shop/orders:42', 'localhost:30500/ci/a:1', 'orders');
    for (const name of ['shop/orders:42', 'ci/a:1', 'orders:latest'])
      assert.ok(tags.has(name), name);
  });

  it('are named by digest, as containerd and Docker tell image ids', () => {
    const { digests, tags } = read(
      `docker-pullable://my.io/shop/orders@${digest}`,
      `x/y:1@${digest}`,
    );
    assert.deepEqual([...digests.keys()], [digest]);
    assert.deepEqual(
      [...tags].filter((tag) => tag.startsWith('shop')),
      [],
    );
    assert.deepEqual(digestsFor('shop/orders', { digests, tags }), [digest]);
    assert.deepEqual(digestsFor('shop/other', { digests, tags }), []);
  });

  it('may be anywhere when only a digest is written', () => {
    assert.deepEqual(digestsFor('any/where', read(digest)), [digest]);
  });

  it('are told when a line names none', () => {
    const result = readProtectedImages('protectedImages', ['a b', 'x@sha256:12']);
    assert.ok(!result.ok && result.problems.length === 2);
    assert.match(describeProblem(result.problems[0] ?? { what: '', change: '' }), /found "a b"/);
  });
});
