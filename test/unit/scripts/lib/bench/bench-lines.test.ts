import assert from 'node:assert/strict';
import { benchLines } from '../../../../../scripts/lib/bench/bench-lines.ts';
import { median } from '../../../../../scripts/lib/bench/bench-result.ts';

const result = {
  conditions: { cores: 2 },
  medians: { 'bare node, ms': 25, 'a task, ms': 40 },
  ratios: { 'a task': 1.6, 'another task': 1.61 },
};

describe('the result of a benchmark', () => {
  it('ends with one JSON object', () => {
    const last = benchLines('start-up', { ...result, limit: 1.6 }).at(-1) ?? '';
    assert.deepEqual(JSON.parse(last), { bench: 'start-up', ...result });
  });

  it('says how many ratios are above the limit, where there is one', () => {
    const text = benchLines('start-up', { ...result, limit: 1.6 }).join('\n');
    assert.match(text, /The limit is 1\.6: 1 above it\./);
    assert.ok(!benchLines('start-up', result).join('\n').includes('limit'));
  });

  it('compares medians, which one slow run does not move', () => {
    assert.equal(median([3, 900, 1, 2, 4]), 3);
    assert.throws(() => median([]));
  });
});
