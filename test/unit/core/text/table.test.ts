import assert from 'node:assert/strict';
import { table } from '../../../../src/core/text/table.ts';

describe('a table in a log', () => {
  it('aligns its columns, and leaves no blanks at the end of a line', () => {
    const rows = [
      ['node', 'platforms'],
      ['builder-0', 'linux/amd64, linux/arm64'],
      ['b', ''],
    ];
    assert.deepEqual(table(rows), [
      'node       platforms',
      'builder-0  linux/amd64, linux/arm64',
      'b',
    ]);
  });

  it('is empty without rows', () => {
    assert.deepEqual(table([]), []);
  });
});
