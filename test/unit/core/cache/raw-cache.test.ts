import assert from 'node:assert/strict';
import {
  parseRawCache,
  rawCacheName,
  rawCacheOption,
} from '../../../../src/core/cache/raw-cache.ts';

const holdsSecret = (text: string): boolean => text.includes('s3cret');
const problemOf = (where: 'cacheFrom' | 'cacheTo', line: string): string => {
  const result = parseRawCache(where, line, holdsSecret);
  assert.ok(!result.ok, line);
  return result.problems.map(({ what, change }) => `${what} ${change}`).join(' ');
};

describe('raw lines of caches', () => {
  const accepted: readonly (readonly ['cacheFrom' | 'cacheTo', string, string, string])[] = [
    [
      'cacheFrom',
      'my.io/app:cache',
      'type=registry,ref=my.io/app:cache',
      'registry my.io/app:cache',
    ],
    ['cacheTo', 'type=inline', 'type=inline', 'inline'],
    ['cacheTo', 'type=local,dest=/c,mode=max', 'type=local,dest=/c,mode=max', 'local /c'],
    ['cacheFrom', 'type=gha,scope=x', 'type=gha,scope=x', 'gha x'],
    ['cacheTo', 'type=s3,bucket=b,region=r', 'type=s3,bucket=b,region=r', 's3 b'],
    [
      'cacheFrom',
      'type=s3,bucket=b,region=r,"name=a,b"',
      'type=s3,bucket=b,region=r,"name=a,b"',
      's3 b',
    ],
    [
      'cacheTo',
      'type=azblob,account_url=https://a',
      'type=azblob,account_url=https://a',
      'azblob https://a',
    ],
  ];
  for (const [where, line, option, name] of accepted) {
    it(`take ${line} in ${where}`, () => {
      const result = parseRawCache(where, line, holdsSecret);
      assert.ok(result.ok);
      assert.equal(rawCacheOption(result.value), option);
      assert.equal(rawCacheName(result.value), name);
    });
  }

  const refused: readonly (readonly ['cacheFrom' | 'cacheTo', string, RegExp])[] = [
    ['cacheTo', 'type=registry', /needs "ref"/],
    [
      'cacheTo',
      'type=regsitry,ref=a',
      /called "regsitry".*registry, inline, local, gha, s3, azblob/,
    ],
    ['cacheTo', 'mode=max', /names no type/],
    ['cacheFrom', 'type=local,dest=/c', /no attribute "dest".*src/],
    ['cacheFrom', 'type=inline', /only be written.*type=registry/],
    [
      'cacheTo',
      'type=s3,bucket=b,region=r,secret_access_key=k',
      /AWS_SECRET_ACCESS_KEY in the "env"/,
    ],
    ['cacheTo', 'type=azblob,account_url=u,secret_access_key=k', /identity/],
    ['cacheTo', 'type=gha,token=k', /ACTIONS_RUNTIME_TOKEN/],
  ];
  for (const [where, line, problem] of refused) {
    it(`refuse ${line} in ${where}`, () => {
      assert.match(problemOf(where, line), problem);
    });
  }

  it('refuse a secret wherever it stands, without repeating it', () => {
    const text = problemOf('cacheTo', 'type=gha,url=https://x/s3cret');
    assert.match(text, /"url" of type=gha is a secret/);
    assert.doesNotMatch(text, /s3cret/);
  });
});
