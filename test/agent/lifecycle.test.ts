import assert from 'node:assert/strict';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const PIPELINE = `
steps:
- task: Js@1
  name: first
  inputs:
    preCode: tl().setTaskVariable('shared', 'from pre')
    code: console.log('main=' + tl().getTaskVariable('shared')); tl().setTaskVariable('shared', 'hidden-value', true)
    postCode: console.log('post=' + (tl().getTaskVariable('shared') === 'hidden-value'))
- task: Js@1
  name: flaky
  retryCountOnTaskFailure: 2
  inputs:
    code: |
      const file = env.AGENT_TEMPDIRECTORY + '/attempt';
      const attempt = require('fs').existsSync(file) ? 2 : 1;
      require('fs').writeFileSync(file, '');
      console.log('attempt=' + attempt);
      tl().setResult(attempt === 2 ? 0 : 2, 'attempt ' + attempt);
- task: Js@1
  name: skipped
  condition: and(succeeded(), eq(variables['Build.Reason'], 'Schedule'))
- task: Js@1
  name: failing
  inputs:
    code: process.exit(3)
    postCode: console.log('status=' + env.AGENT_JOBSTATUS + ' ' + env['agent.jobstatus'])
- task: Js@1
  name: after
- task: Js@1
  name: onFailure
  condition: failed()
- task: Js@1
  name: off
  enabled: false
`;

describe('The life of a job under the local agent', () => {
  let run: AgentRun;
  const resultOf = (name: string, phase: string): string | undefined =>
    run.steps.find((step) => step.name === name && step.phase === phase)?.result;

  before(async function () {
    this.timeout(60_000);
    run = await runAgent({ pipeline: PIPELINE });
  });
  after(removeRuns);

  it('runs post-job parts in reverse order, also of steps that were skipped or failed', () => {
    const post = run.steps.filter(({ phase }) => phase === 'post').map(({ name }) => name);
    assert.deepEqual(post, ['onFailure', 'after', 'failing', 'skipped', 'flaky', 'first']);
    assert.equal(resultOf('skipped', 'main'), 'Skipped');
    assert.equal(resultOf('skipped', 'post'), 'Succeeded');
    assert.equal(resultOf('after', 'post'), 'Succeeded');
  });

  it('skips later steps after a failure, but runs those whose condition wants it', () => {
    assert.equal(resultOf('after', 'main'), 'Skipped');
    assert.equal(resultOf('onFailure', 'main'), 'Succeeded');
  });

  it('skips the pre-job part with the condition of its step', () => {
    assert.equal(resultOf('skipped', 'pre'), 'Skipped');
  });

  it('leaves disabled steps out altogether', () => {
    assert.equal(resultOf('off', 'main'), undefined);
    assert.equal(resultOf('off', 'post'), undefined);
  });

  it('shares task variables between the parts of one step, secret ones too', () => {
    assert.equal(run.values.get('main'), 'from pre');
    assert.equal(run.values.get('post'), 'true');
  });

  it('tells a task how the job stands, under both names', () => {
    assert.equal(run.values.get('status'), 'Failed Failed');
  });

  it('repeats a failed task until it succeeds', () => {
    assert.equal(run.values.get('attempt'), '2');
    assert.equal(resultOf('flaky', 'main'), 'Succeeded');
    assert.ok(
      run.lines.some((line) => line.includes('will retry (attempt #: 1 out of 2) after 1000 ms')),
    );
  });

  it('names the parts of a step as the agent does', () => {
    assert.ok(run.lines.includes('##[section]Starting: Pre-job: Js'));
    assert.ok(run.lines.includes('##[section]Finishing: Post-job: Js'));
  });
});
