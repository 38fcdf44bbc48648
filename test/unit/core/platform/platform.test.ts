import assert from 'node:assert/strict';
import {
  formatPlatform,
  parsePlatform,
  parsePlatforms,
} from '../../../../src/core/platform/platform.ts';

const normalised = (text: string): string | undefined => {
  const platform = parsePlatform(text);
  return platform === undefined ? undefined : formatPlatform(platform);
};

describe('a platform', () => {
  const spellings: readonly (readonly [string, string])[] = [
    ['linux/amd64', 'linux/amd64'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
    ['LINUX/AMD64', 'linux/amd64'],
  ];
  for (const [written, normal] of spellings) {
    it(`${written} is ${normal}, as containerd normalises it`, () => {
      assert.equal(normalised(written), normal);
    });
  }

  it('may be an architecture alone, which means linux', () => {
    assert.equal(normalised('arm64'), 'linux/arm64');
  });

  it('is unknown when a word of it is', () => {
    for (const text of ['', 'linux', 'linux/amd46', 'linux/armhf/v6', 'linux/arm/x', 'a/b/c/d']) {
      assert.equal(parsePlatform(text), undefined, text);
    }
  });
});

describe('the platforms of an input', () => {
  it('are separated by commas, blanks or lines, and count once', () => {
    const found = parsePlatforms('platforms', 'linux/amd64, linux/arm64\nlinux/aarch64,amd64');
    assert.ok(found.ok);
    assert.deepEqual(found.value.map(formatPlatform), ['linux/amd64', 'linux/arm64']);
  });

  it('name every unknown one at once, under the input', () => {
    const found = parsePlatforms('platforms', 'linux/amd46, linux/arm64, beos/ppc');
    assert.ok(!found.ok);
    assert.deepEqual(
      found.problems.map(({ where }) => where),
      ['platforms', 'platforms'],
    );
    assert.match(found.problems[0]?.what ?? '', /found "linux\/amd46"/);
    assert.match(found.problems[1]?.what ?? '', /found "beos\/ppc"/);
  });
});
