import assert from 'node:assert/strict';
import { describeCause } from '../../../../src/core/report/describe-cause.ts';
import { unpinnedSource } from '../../../../src/core/report/unpinned-source.ts';

describe('what may be another thing in each run under the same name', () => {
  const rows: readonly (readonly [vertex: string, source: string | undefined])[] = [
    ['[context tools] r.io/tools:1', 'r.io/tools:1'],
    ['[linux/arm64 api context tools] r.io/tools:1', 'r.io/tools:1'],
    ['[internal] load git source https://e.org/a.git#main', 'https://e.org/a.git#main'],
    ['https://e.org/a.tar', 'https://e.org/a.tar'],
    [`[context tools] r.io/tools:1@sha256:${'a'.repeat(64)}`, undefined],
    ['[context lib] load from client', undefined],
    ['[internal] load build context', undefined],
    ['[1/2] FROM r.io/tools:1', undefined],
  ];
  for (const [vertex, source] of rows) {
    it(`is ${source ?? 'nothing'} for ${vertex}`, () => {
      assert.equal(unpinnedSource(vertex), source);
    });
  }

  it('is told in place of a cache that did not have the step', () => {
    const told = describeCause({ kind: 'not-in-cache', unpinned: 'r.io/tools:1' });
    assert.match(
      told,
      /what may have is r\.io\/tools:1, of which BuildKit does not tell the version$/,
    );
  });
});
