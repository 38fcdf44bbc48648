import assert from 'node:assert/strict';
import type { TargetDefinition } from '../../../../src/core/bake/bake-definition.ts';
import { secretArgumentWarnings } from '../../../../src/core/bake/secret-arguments.ts';

const target = (args: TargetDefinition['args']): TargetDefinition => ({
  ...{ context: '.', dockerfile: 'Dockerfile', args },
});

describe('a build argument in a bake file', () => {
  it('is warned of once when its value holds a secret, with all targets that have it', () => {
    const linked = {
      api: target({ TOKEN: 'Bearer s3cret', VERSION: '1' }),
      web: target({ TOKEN: 's3cret', EMPTY: null }),
      base: target(undefined),
    };
    const told = secretArgumentWarnings({ targets: [], linked }, (text) => text.includes('s3cret'));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^bakeFile: the argument "TOKEN" of api, web has a secret value/);
    assert.doesNotMatch(told[0] ?? '', /s3cret/);
  });
});
