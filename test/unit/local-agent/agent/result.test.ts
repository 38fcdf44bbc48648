import assert from 'node:assert/strict';
import {
  mergeIntoJob,
  mergeResults,
  parseTaskResult,
} from '../../../../local-agent/agent/result.ts';

describe('Results', () => {
  it('merge to the worst of Succeeded, SucceededWithIssues and Failed', () => {
    assert.equal(mergeResults('Failed', 'Succeeded'), 'Failed');
    assert.equal(mergeResults('Succeeded', 'SucceededWithIssues'), 'SucceededWithIssues');
    assert.equal(mergeResults(null, 'Succeeded'), 'Succeeded');
  });

  it('stick once they are Canceled, Skipped or Abandoned', () => {
    assert.equal(mergeResults('Canceled', 'Failed'), 'Canceled');
    assert.equal(mergeResults('Skipped', 'Abandoned'), 'Skipped');
  });

  it('enter the job only when Failed or SucceededWithIssues', () => {
    assert.equal(mergeIntoJob(null, 'Canceled'), null);
    assert.equal(mergeIntoJob(null, 'Skipped'), null);
    assert.equal(mergeIntoJob(null, 'SucceededWithIssues'), 'SucceededWithIssues');
    assert.equal(mergeIntoJob('Canceled', 'Failed'), 'Canceled');
  });

  it('are known by their exact name or number only', () => {
    assert.equal(parseTaskResult('Canceled'), 'Canceled');
    assert.equal(parseTaskResult('2'), 'Failed');
    for (const text of ['Cancelled', 'succeeded', '', '6', ' Failed']) {
      assert.equal(parseTaskResult(text), null, text);
    }
  });
});
