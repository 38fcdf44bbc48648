import assert from 'node:assert/strict';
import { formatBytes, formatSeconds, shorten } from '../../../../src/core/text/measures.ts';

describe('measures for people', () => {
  it('show seconds as far as they matter', () => {
    assert.deepEqual([40, 12_340, 185_000].map(formatSeconds), ['0.0 s', '12.3 s', '3 min 5 s']);
  });

  it('show bytes in decimal units, as registries count', () => {
    assert.deepEqual([0, 999, 1000, 60_200_000, 5e15].map(formatBytes), [
      '0 B',
      '999 B',
      '1.0 kB',
      '60.2 MB',
      '5000.0 TB',
    ]);
  });

  it('shorten long texts visibly', () => {
    assert.deepEqual([shorten('abc', 3), shorten('abcd', 3)], ['abc', 'ab…']);
  });
});
