import assert from 'node:assert/strict';
import { keyProblem, parseSsh } from '../../../../src/core/buildx/ssh-lines.ts';
import type { ValueSources } from '../../../../src/core/buildx/value-source.ts';

const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----';

const sourcesWith = (socket?: string): ValueSources => ({
  variable: (name) => ({ deployKey: key, token: 's3cret-token' })[name],
  environment: (name) => (name === 'SSH_AUTH_SOCK' ? socket : undefined),
  sourcesFolder: '/w/1/s',
  secureFilesFolder: '/w/_temp',
});

const problem = (line: string): string => {
  const result = parseSsh([line], sourcesWith());
  assert.ok(!result.ok, line);
  return `${result.problems[0]?.what ?? ''} ${result.problems[0]?.change ?? ''}`;
};

describe('the SSH keys of a build', () => {
  it('come from an agent, a secure file of the job, a file or a variable', () => {
    const lines = ['default', 'git=secureFile:deploy_key', 'b=file:keys/b', 'c=$deployKey'];
    const forwards = parseSsh(lines, sourcesWith('/run/agent.sock'));
    assert.ok(forwards.ok);
    assert.deepEqual(forwards.value, [
      { id: 'default', key: undefined },
      { id: 'git', key: { kind: 'file', path: '/w/_temp/deploy_key', secureFile: 'deploy_key' } },
      { id: 'b', key: { kind: 'file', path: '/w/1/s/keys/b' } },
      { id: 'c', key: { kind: 'value', value: key, from: '$deployKey' } },
    ]);
  });

  it('need an agent that runs where none is given', () => {
    assert.match(problem('default'), /SSH_AUTH_SOCK, which is not set.*default=secureFile:NAME/);
  });

  it('are told from other files, and from keys that ask for a passphrase', () => {
    assert.equal(keyProblem('a', key), undefined);
    assert.match(keyProblem('a', 'ssh-ed25519 AAAA me@host')?.what ?? '', /not a private key/);
    const encrypted = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n';
    assert.match(keyProblem('a', encrypted)?.what ?? '', /has a passphrase/);
  });

  it('never show what was written where a source should stand', () => {
    for (const line of ['default=s3cret-token', 's3cret-token', 'a=$token']) {
      assert.ok(!problem(line).includes('s3cret-token'), line);
    }
  });

  it('may not lie at a path that buildx would cut', () => {
    assert.match(problem('a=file:my,key'), /comma in its path/);
  });
});
