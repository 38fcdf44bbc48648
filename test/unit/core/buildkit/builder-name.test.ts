import assert from 'node:assert/strict';
import {
  defaultBuilderName,
  parseBuilderName,
} from '../../../../src/core/buildkit/builder-name.ts';

describe('the name of a builder', () => {
  it('is made from the job in a form that buildx takes', () => {
    assert.deepEqual(parseBuilderName(defaultBuilderName('4711-1-0123456789ab')), {
      ok: true,
      value: 'daemonless-4711-1-0123456789ab',
    });
  });

  it('becomes lower-case, because buildx makes it so and later steps must find it', () => {
    assert.deepEqual(parseBuilderName('CI_arm.64'), { ok: true, value: 'ci_arm.64' });
  });

  it('begins with a letter, has no other symbols, and is not the reserved one', () => {
    for (const name of ['1st', '-x', 'a b', 'a/b', 'ä', 'x'.repeat(101), 'default', 'Default']) {
      const result = parseBuilderName(name);
      assert.ok(!result.ok && result.problems[0]?.where === 'builderName', name);
    }
  });
});
