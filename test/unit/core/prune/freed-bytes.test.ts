import assert from 'node:assert/strict';
import { describeProblem } from '../../../../src/core/errors.ts';
import { deletionOf, freedBytes } from '../../../../src/core/prune/freed-bytes.ts';
import { guardProblems } from '../../../../src/core/prune/guard.ts';
import { planRepository } from '../../../../src/core/prune/plan-repository.ts';
import { manifest, policyOf, stateOf } from '../../../support/prune-states.ts';

const shared = { digest: 'shared', size: 1000 };
const base = { digest: 'base', size: 500 };
const image = (name: string, ...blobs: readonly (typeof shared)[]) => manifest(name, { blobs });

describe('the bytes that a plan frees', () => {
  const policy = policyOf('- { tags: old*, deleteOlderThan: 30d }');
  const days = { a: 40, b: 40 };
  const state = stateOf({
    tags: { old1: 'a', old2: 'b', new: 'c' },
    manifests: [image('a', shared, base), image('b', shared, base), image('c', base)],
    days,
  });

  it('are those of blobs and manifests that nothing else holds, each once', () => {
    const deletion = deletionOf(planRepository(state, policy), false);
    assert.equal(freedBytes([deletion]), 1000 + 2);
  });

  it('are not those that another repository holds, because a registry keeps a blob once', () => {
    const other = {
      ...stateOf({ tags: { x: 'x' }, manifests: [image('x', shared)] }),
      name: 'other',
    };
    const plans = [state, other].map((one) => deletionOf(planRepository(one, policy), false));
    assert.equal(freedBytes(plans), 2);
  });

  it('are none when only tags are removed', () => {
    assert.equal(freedBytes([deletionOf(planRepository(state, policy), true)]), 0);
  });
});

describe('the limits of a run', () => {
  const plan = planRepository(
    stateOf({ tags: { a: 'a', b: 'b', c: 'c' }, days: { a: 9, b: 9, c: 1 } }),
    policyOf('- deleteOlderThan: 7d'),
  );
  const told = (maxDeletePercent: number, maxDeletes: number): readonly string[] =>
    guardProblems([plan], { maxDeletePercent, maxDeletes }).map(describeProblem);

  it('are a share and a number, each with what the plan would take', () => {
    assert.deepEqual(told(67, 2), []);
    assert.match(told(66, 0)[0] ?? '', /^maxDeletePercent: The plan deletes 2 of 3 tags, 67 %/);
    assert.match(told(100, 1)[0] ?? '', /^maxDeletes: The plan deletes 2 tags; at most 1/);
    assert.equal(told(0, 1).length, 2);
  });

  it('hold nothing up where there is nothing', () => {
    assert.deepEqual(guardProblems([], { maxDeletePercent: 0, maxDeletes: 0 }), []);
  });
});
