import assert from 'node:assert/strict';
import { secretArguments, sshArguments } from '../../../../src/core/buildx/secret-args.ts';

const place = { secretPrefix: 'SECRET_', secretsFolder: '/private' };
const secret = (value: string) =>
  secretArguments({ id: 'npm', source: { kind: 'value', value, from: '$(npm)' } }, 3, place);

describe('a build secret', () => {
  it('reaches buildx in its environment, and is shown as where it comes from', () => {
    assert.deepEqual(secret('hush'), {
      args: ['--secret', 'id=npm,env=SECRET_3'],
      env: { SECRET_3: 'hush' },
      shown: { SECRET_3: '$(npm)' },
      files: {},
    });
  });

  for (const [rule, value] of [
    ['is too long for the environment', 'ä'.repeat(60_000)],
    ['has a zero byte', 'a\0b'],
  ] as const) {
    it(`goes into a private file when it ${rule}`, () => {
      const { args, env, files } = secret(value);
      assert.deepEqual(args, ['--secret', 'id=npm,src=/private/3']);
      assert.deepEqual([env, files], [{}, { '/private/3': value }]);
    });
  }

  it('that is a file is read by buildx itself, whatever its name', () => {
    const source = { kind: 'file', path: '/a,b' } as const;
    const { args, files } = secretArguments({ id: 'f', source }, 0, place);
    assert.deepEqual([args, files], [['--secret', 'id=f,"src=/a,b"'], {}]);
  });
});

describe('an SSH key of a build', () => {
  it('from a variable is written to a private file that ends with a line end', () => {
    const key = { kind: 'value', value: 'KEY\n\n', from: '$(key)' } as const;
    const { args, env, files } = sshArguments({ id: 'default', key }, 1, place);
    assert.deepEqual(args, ['--ssh', 'default=/private/key-1']);
    assert.deepEqual([env, files], [{}, { '/private/key-1': 'KEY\n' }]);
  });

  it('is that of the agent, or a file, when it says so', () => {
    assert.deepEqual(sshArguments({ id: 'default', key: undefined }, 0, place).args, [
      '--ssh',
      'default',
    ]);
    const key = { kind: 'file', path: '/k' } as const;
    assert.deepEqual(sshArguments({ id: 'a', key }, 0, place).args, ['--ssh', 'a=/k']);
  });
});
