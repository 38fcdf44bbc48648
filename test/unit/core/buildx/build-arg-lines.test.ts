import assert from 'node:assert/strict';
import {
  type BuildArgSources,
  parseBuildArgs,
} from '../../../../src/core/buildx/build-arg-lines.ts';

const sources: BuildArgSources = {
  variable: (name) => (name === 'VERSION' ? '1.2' : undefined),
  holdsSecret: (text) => text.includes('s3cret'),
};

describe('build arguments', () => {
  it('are KEY=value, where the value may hold anything, or the variable of that name', () => {
    assert.deepEqual(parseBuildArgs(['A=b=c, d "e"', 'EMPTY=', 'VERSION'], sources), {
      ok: true,
      value: [
        { name: 'A', value: 'b=c, d "e"', isSecret: false },
        { name: 'EMPTY', value: '', isSecret: false },
        { name: 'VERSION', value: '1.2', isSecret: false },
      ],
    });
  });

  it('know when their value holds a secret, also as a part of it', () => {
    const args = parseBuildArgs(['URL=https://ci:s3cret@host'], sources);
    assert.ok(args.ok);
    assert.equal(args.value[0]?.isSecret, true);
  });

  it('that cannot be read are all named, without the secret in them', () => {
    const args = parseBuildArgs(['NOPE', '=x', 'A B', 's3cret value'], sources);
    assert.ok(!args.ok);
    assert.equal(args.problems.length, 4);
    assert.match(args.problems[0]?.what ?? '', /"NOPE" stands for the pipeline variable/);
    assert.ok(!JSON.stringify(args.problems).includes('s3cret'));
  });

  it('with a secret value need a name the environment can hold', () => {
    const args = parseBuildArgs(['my-arg=s3cret'], sources);
    assert.ok(!args.ok);
    assert.match(args.problems[0]?.change ?? '', /"secrets"/);
  });
});
