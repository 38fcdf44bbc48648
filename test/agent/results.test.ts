import assert from 'node:assert/strict';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const step = (name: string, code: string, more = ''): string => `
- task: JsMain@1
  name: ${name}
  condition: always()
  inputs:
    code: ${JSON.stringify(code)}
${more}`;

const log = (...lines: string[]): string =>
  lines.map((line) => `console.log(${JSON.stringify(line)});`).join('');

const HARMLESS = [
  step('issue', log('##vso[task.logissue type=error;sourcepath=src/a.ts;linenumber=3;code=E1]bad')),
  step('marker', `${log('##[error]looks bad')}console.error('on stderr');`),
  step('canceled', log('##vso[task.complete result=Canceled]')),
  step('skippedByTask', log('##vso[task.complete result=Skipped]')),
  '\n- task: JsMain@1\n  name: skipped\n  condition: eq(variables.nothing, 1)',
];

const HARMFUL = [
  step('exitCode', `${log('##vso[task.complete result=Succeeded]')}process.exitCode = 1;`),
  step('continued', 'process.exitCode = 1;', '  continueOnError: true'),
  step('issues', log('##vso[task.complete result=SucceededWithIssues]')),
  step('worst', log('##vso[task.complete result=Failed]', '##vso[task.complete result=Succeeded]')),
  step('thrown', 'throw new Error("boom")'),
  '\n- task: NoHandler@1\n  name: noHandler\n  condition: always()',
];

describe('Results under the local agent', () => {
  let harmless: AgentRun;
  let harmful: AgentRun;
  const resultOf = (run: AgentRun, name: string): string | undefined =>
    run.steps.find((item) => item.name === name && item.phase === 'main')?.result;

  before(async function () {
    this.timeout(60_000);
    harmless = await runAgent({ pipeline: `steps:${HARMLESS.join('')}\n` });
    harmful = await runAgent({ pipeline: `steps:${HARMFUL.join('')}\n` });
  });
  after(removeRuns);

  it('are not changed by a logged error, which is printed with its place', () => {
    assert.equal(resultOf(harmless, 'issue'), 'Succeeded');
    assert.ok(harmless.lines.includes('##[error]src/a.ts(3,): error E1: bad'));
    const issue = harmless.steps.find(({ name, phase }) => name === 'issue' && phase === 'main')
      ?.issues[0];
    assert.deepEqual(issue, {
      type: 'error',
      message: 'bad',
      sourcepath: 'src/a.ts',
      line: '3',
      code: 'E1',
    });
  });

  it('are not changed by stderr or by a printed ##[error]', () => {
    assert.equal(resultOf(harmless, 'marker'), 'Succeeded');
  });

  it('of steps that are Canceled or Skipped leave the job succeeding', () => {
    assert.equal(resultOf(harmless, 'canceled'), 'Canceled');
    assert.equal(resultOf(harmless, 'skippedByTask'), 'Skipped');
    assert.equal(resultOf(harmless, 'skipped'), 'Skipped');
    assert.equal(harmless.result, 'Succeeded');
  });

  it('are Failed when the exit code is not zero, whatever the task reported', () => {
    assert.equal(resultOf(harmful, 'exitCode'), 'Failed');
    assert.ok(
      harmful.lines.some((line) => line.startsWith('##[error]Exit code 1 returned from process')),
    );
  });

  it('become SucceededWithIssues with continueOnError', () => {
    assert.equal(resultOf(harmful, 'continued'), 'SucceededWithIssues');
  });

  it('keep the worst that a task reported', () => {
    assert.equal(resultOf(harmful, 'worst'), 'Failed');
    assert.equal(resultOf(harmful, 'issues'), 'SucceededWithIssues');
  });

  it('are Failed when a task has no entry for this operating system', () => {
    assert.equal(resultOf(harmful, 'noHandler'), 'Failed');
  });

  it('of the job are the worst of its steps', () => {
    assert.equal(harmful.result, 'Failed');
  });
});
