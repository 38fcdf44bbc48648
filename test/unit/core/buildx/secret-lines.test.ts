import assert from 'node:assert/strict';
import type { Problem } from '../../../../src/core/errors.ts';
import { parseSecrets } from '../../../../src/core/buildx/secret-lines.ts';
import type { ValueSources } from '../../../../src/core/buildx/value-source.ts';

const variables: Readonly<Record<string, string>> = {
  npmToken: 't0ken-value',
  'vault.key': 'line 1\nline 2',
  empty: '',
  large: 'x'.repeat(500 * 1024 + 1),
};

const sources: ValueSources = {
  variable: (name) => variables[name],
  environment: (name) => (name === 'npm_config_token' ? 'from-env' : undefined),
  sourcesFolder: '/w/1/s',
  secureFilesFolder: '/w/_temp',
};

const problems = (...lines: readonly string[]): readonly Problem[] => {
  const secrets = parseSecrets(lines, sources);
  assert.ok(!secrets.ok);
  return secrets.problems;
};

describe('the secrets of a build', () => {
  it('come from a variable by name, the environment by its exact name, or a file', () => {
    const lines = ['npm=$npmToken', 'key=$vault.key', 'e=env:npm_config_token', 'f=file:a, b.pem'];
    assert.deepEqual(parseSecrets(lines, sources), {
      ok: true,
      value: [
        { id: 'npm', source: { kind: 'value', value: 't0ken-value', from: '$npmToken' } },
        { id: 'key', source: { kind: 'value', value: 'line 1\nline 2', from: '$vault.key' } },
        { id: 'e', source: { kind: 'value', value: 'from-env', from: 'env:npm_config_token' } },
        { id: 'f', source: { kind: 'file', path: '/w/1/s/a, b.pem' } },
      ],
    });
  });

  it('that are missing fail, and each is named', () => {
    const found = problems('a=$nope', 'b=env:NOPE', 'c=$empty');
    assert.deepEqual(
      found.map(({ where, what }) => `${where ?? ''} ${/comes from (.*),/.exec(what)?.[1] ?? ''}`),
      [
        'secrets the variable "nope"',
        'secrets the environment variable "NOPE"',
        'secrets the variable "empty"',
      ],
    );
  });

  it('never show a value that was written where its source should stand', () => {
    const told = JSON.stringify(problems('npm=t0ken-value', 't0ken-value', 'npm=file:'));
    assert.ok(!told.includes('t0ken-value'));
    assert.match(told, /without parentheses/);
  });

  it('name the variable that does not exist when written as a macro', () => {
    assert.match(problems('npm=$(npmTokn)')[0]?.what ?? '', /variable "npmTokn" is not defined/);
  });

  it('may not be larger than BuildKit takes', () => {
    assert.match(problems('a=$large')[0]?.what ?? '', /512001 bytes; BuildKit takes 512000/);
  });

  it('have one source each', () => {
    assert.match(problems('a=$npmToken', 'a=file:x')[0]?.what ?? '', /"a" is given twice/);
  });
});
