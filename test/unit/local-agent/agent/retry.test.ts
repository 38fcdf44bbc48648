import assert from 'node:assert/strict';
import { retryDelay } from '../../../../local-agent/agent/retry.ts';

describe('Retries of a failed task', () => {
  it('wait 1, 4, 9 and 16 seconds', () => {
    assert.deepEqual([0, 1, 2, 3].map(retryDelay), [1000, 4000, 9000, 16_000]);
  });
});
