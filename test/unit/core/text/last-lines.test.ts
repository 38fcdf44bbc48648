import assert from 'node:assert/strict';
import { LastLines } from '../../../../src/core/text/last-lines.ts';

describe('the last lines of an output', () => {
  it('are kept in order, however many come at once', () => {
    const last = new LastLines(3);
    last.push('1', '2');
    assert.deepEqual(last.all, ['1', '2']);
    last.push('3', '4');
    assert.deepEqual(last.all, ['2', '3', '4']);
    last.push('5', '6', '7', 'ä');
    assert.deepEqual(last.all, ['6', '7', 'ä']);
  });

  it('are kept up to a length, so that memory stays bounded', () => {
    const last = new LastLines(1);
    last.push(`begin ${'x'.repeat(1_000_000)}`);
    assert.equal(last.all[0]?.length, 4096);
    assert.ok(last.all[0].startsWith('begin x'));
  });

  it('are forgotten on demand', () => {
    const last = new LastLines(3);
    last.push('1');
    last.clear();
    assert.deepEqual(last.all, []);
  });
});
