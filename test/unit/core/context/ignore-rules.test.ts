import assert from 'node:assert/strict';
import { ignoreFiles, ignoreRules } from '../../../../src/core/context/ignore-rules.ts';

describe('rules of a .dockerignore file', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['', 'a', false],
    ['# a comment\n\n  a  ', 'a', true],
    ['node_modules', 'node_modules/left/pad.js', true],
    ['node_modules', 'app/node_modules/x', false],
    ['**/node_modules', 'app/node_modules/x', true],
    ['/dist', 'dist/app.js', true],
    ['*.log', 'sub/a.log', false],
    ['*\n!src', 'src/a.ts', false],
    ['*\n!src', 'other/a.ts', true],
    ['*\n!src\nsrc/secret', 'src/secret', true],
    ['docs\n!docs/keep.md', 'docs/keep.md', false],
    ['A', 'a', false],
    ['a?c', 'abc', true],
    ['./build/', 'build/x', true],
    ['**', '.git/config', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['a/**', 'a', false],
    // BuildKit asks no `!` line of a folder that is not left out, nor another line of one that is.
    ['*/*\n!*', 'a/a.txt', true],
    ['*\n!a/x\na', 'a/x', false],
  ];
  for (const [text, path, isLeftOut] of table) {
    const lines = JSON.stringify(text);
    it(`${isLeftOut ? 'leave out' : 'keep'} ${path} with ${lines}`, () => {
      assert.equal(ignoreRules(text).leavesOut(path), isLeftOut);
    });
  }

  it('are read to the end of a folder only where a line may bring something back', () => {
    const rules = ignoreRules('*\n!src/app\n');
    assert.ok(rules.mayKeepBelow('src'));
    assert.ok(!rules.mayKeepBelow('.git'));
    assert.ok(ignoreRules('*\n!**/keep').mayKeepBelow('.git'));
  });

  it('leave nothing out when a line needs more than plain wildcards', () => {
    const rules = ignoreRules('*\n!a[0-9]');
    assert.equal(rules.unsure, '!a[0-9]');
    assert.ok(!rules.leavesOut('b'));
    for (const line of ['a**', '**a', '!']) assert.equal(ignoreRules(line).unsure, line);
  });

  it('come from the file beside the Dockerfile before the one in the context', () => {
    const files = ignoreFiles('/s/app', '/s/docker/orders.Dockerfile');
    assert.deepEqual(files, ['/s/docker/orders.Dockerfile.dockerignore', '/s/app/.dockerignore']);
  });
});
