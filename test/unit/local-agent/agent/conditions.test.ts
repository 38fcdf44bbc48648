import assert from 'node:assert/strict';
import { checkCondition, evaluateCondition } from '../../../../local-agent/agent/conditions.ts';
import type { TaskResult } from '../../../../local-agent/agent/result.ts';

const STATUS = ['always()', 'succeeded()', 'failed()', 'canceled()', 'succeededOrFailed()', ''];

function holding(jobResult: TaskResult | null): string[] {
  return STATUS.filter((condition) => evaluateCondition(condition, { jobResult, variables: [] }));
}

describe('Conditions of steps', () => {
  it('hold by the status of the job; no condition means succeeded()', () => {
    assert.deepEqual(holding(null), ['always()', 'succeeded()', 'succeededOrFailed()', '']);
    assert.deepEqual(holding('SucceededWithIssues'), [
      'always()',
      'succeeded()',
      'succeededOrFailed()',
      '',
    ]);
    assert.deepEqual(holding('Failed'), ['always()', 'failed()', 'succeededOrFailed()']);
    assert.deepEqual(holding('Canceled'), ['always()', 'canceled()']);
  });

  it('see variables by name; a macro in them is not expanded', () => {
    const variables = [
      { name: 'Build.Reason', value: 'Manual', isSecret: false, keepsCase: false },
    ];
    const holds = (condition: string): boolean =>
      evaluateCondition(condition, { jobResult: null, variables });
    assert.ok(holds("eq(variables['build.reason'], 'manual')"));
    assert.ok(holds("eq('$(Build.Reason)', '$(Build.Reason)')"));
  });

  it('take no arguments in status functions, and no context but variables', () => {
    assert.throws(() => {
      checkCondition("succeeded('other')");
    }, /takes 0 argument/);
    assert.throws(() => {
      checkCondition("eq(dependencies.a.result, 'Succeeded')");
    }, /expected one of: variables/);
  });
});
