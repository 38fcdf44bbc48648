import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

/** Shorter graces by the agent's own knobs; the cancel comes when the named line is printed. */
const GRACES = 'variables:\n  PROCESS_SIGINT_TIMEOUT: 300\n  PROCESS_SIGTERM_TIMEOUT: 300\n';

async function canceledAt(ready: string, steps: string): Promise<AgentRun> {
  const user = new AbortController();
  return await runAgent({
    pipeline: `${GRACES}steps:\n- checkout: none\n${steps}`,
    cancel: user.signal,
    onLine: (line) => {
      if (line === ready) user.abort();
    },
  });
}

const resultOf = (run: AgentRun, name: string, phase = 'main'): string | undefined =>
  run.steps.find((step) => step.name === name && step.phase === phase)?.result;

/** A killed process may stay as a zombie until somebody waits for it; that is dead enough. */
async function isAlive(pid: string | undefined): Promise<boolean> {
  const stat = await readFile(`/proc/${pid ?? ''}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}

describe('Cancellation under the local agent', () => {
  after(removeRuns);

  it('sends SIGINT, then SIGTERM, then SIGKILL to the task, and runs its post-job part', async function () {
    this.timeout(20_000);
    const run = await canceledAt(
      'ready',
      `
- task: Js@1
  name: deaf
  inputs:
    code: |
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('got ' + signal));
      console.log('ready');
      await hang();
    postCode: console.log('post=' + env.AGENT_JOBSTATUS)
- task: Js@1
  name: later
- task: Js@1
  name: whenCanceled
  condition: canceled()
`,
    );
    assert.equal(run.result, 'Canceled');
    assert.deepEqual(
      run.lines.filter((line) => line.startsWith('got ')),
      ['got SIGINT', 'got SIGTERM'],
    );
    assert.equal(resultOf(run, 'deaf'), 'Canceled');
    assert.equal(resultOf(run, 'later'), 'Skipped');
    assert.equal(resultOf(run, 'whenCanceled'), 'Succeeded');
    assert.equal(run.values.get('post'), 'Canceled');
  });

  it('signals the one process: a child of the task lives on until the orphan kill after the post-job steps', async function () {
    this.timeout(20_000);
    const run = await canceledAt(
      'ready',
      `
- task: Js@1
  name: parent
  inputs:
    code: |
      const child = require('child_process').spawn('sleep', ['300'], { stdio: 'ignore' });
      console.log('child=' + child.pid);
      tl().setVariable('childPid', String(child.pid));
      console.log('ready');
      await hang();
- task: Js@1
  name: witness
  condition: always()
  inputs:
    postCode: |
      const stat = require('fs').readFileSync('/proc/' + env.CHILDPID + '/stat', 'utf8');
      console.log('sleeping=' + stat.includes('(sleep) S'));
`,
    );
    assert.equal(run.values.get('sleeping'), 'true');
    assert.equal(await isAlive(run.values.get('child')), false);
    assert.ok(run.lines.some((line) => line.startsWith('Terminate orphan process: pid (')));
  });

  it('kills daemons of the job though they left its session and its pipes', async function () {
    this.timeout(20_000);
    const run = await runAgent({
      pipeline: `steps:\n- checkout: none\n- script: |\n    setsid nohup sleep 301 > /dev/null 2>&1 &\n    echo "daemon=$!"\n    env -u VSTS_PROCESS_LOOKUP_ID setsid sleep 60 > /dev/null 2>&1 &\n    echo "free=$!"\n`,
    });
    assert.equal(run.result, 'Succeeded');
    assert.equal(await isAlive(run.values.get('daemon')), false);
    assert.equal(await isAlive(run.values.get('free')), true);
    process.kill(Number(run.values.get('free')));
  });

  it('goes on after five seconds when a child holds the pipes of a finished task', async function () {
    this.timeout(20_000);
    const run = await runAgent({
      pipeline: `
steps:
- checkout: none
- task: Js@1
  inputs:
    code: |
      require('child_process').spawn('sleep', ['302'], { stdio: 'inherit', detached: true }).unref();
      setTimeout(() => process.exit(0), 10);
`,
    });
    assert.equal(run.result, 'Succeeded');
  });

  it('leaves a running step alone whose condition still holds', async function () {
    this.timeout(20_000);
    const run = await canceledAt(
      'ready',
      `
- task: Js@1
  name: stubborn
  condition: always()
  inputs:
    code: |
      console.log('ready');
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log('end=reached');
`,
    );
    assert.equal(run.values.get('end'), 'reached');
    assert.equal(resultOf(run, 'stubborn'), 'Succeeded');
    assert.equal(run.result, 'Canceled');
  });

  it('calls a step Canceled though its process ended well', async function () {
    this.timeout(20_000);
    const run = await canceledAt(
      'ready',
      `
- task: Js@1
  name: polite
  inputs:
    code: |
      process.on('SIGINT', () => process.exit(0));
      console.log('ready');
      await hang();
`,
    );
    assert.equal(resultOf(run, 'polite'), 'Canceled');
    assert.ok(run.lines.includes('##[error]The operation was canceled.'));
  });

  it('answers a SIGINT to a script step with a SIGTERM to its bash', async function () {
    this.timeout(20_000);
    const run = await canceledAt(
      'ready',
      '- bash: |\n    trap "echo trapped=term; exit 0" TERM\n    echo ready\n    while :; do sleep 0.05; done\n',
    );
    assert.equal(run.values.get('trapped'), 'term');
    assert.equal(run.result, 'Canceled');
  });
});
