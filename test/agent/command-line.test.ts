import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { recordedSteps, removeRuns, startAgent, type AgentInput } from '../support/agent-run.ts';

interface Ended {
  readonly code: number | null;
  readonly output: readonly string[];
  readonly errors: string;
  readonly folder: string;
}

/** Runs the command line to its end; `onLine` may send signals to it. */
async function runCommandLine(
  input: AgentInput,
  onLine: (line: string, pid: number) => void = () => undefined,
): Promise<Ended> {
  const { child, folder } = await startAgent(input);
  const output: string[] = [];
  const errors: string[] = [];
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      output.push(line);
      onLine(line, child.pid ?? 0);
    });
  }
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors: errors.join(''), folder };
}

describe('The command line of the local agent', () => {
  after(removeRuns);

  it('exits with 1 when a script fails, and says which code it had', async function () {
    this.timeout(20_000);
    const pipeline = 'steps:\n- checkout: none\n- script: exit 7\n  displayName: Fail\n';
    const { code, output } = await runCommandLine({ pipeline });
    assert.equal(code, 1);
    assert.ok(output.includes("##[error]Bash exited with code '7'."));
    assert.ok(output.includes('##[section]Finishing: Fail'));
    assert.equal(output.at(-1), 'Result: Failed');
  });

  it('exits with 2 and names every mistake of both files at its place, before anything runs', async function () {
    this.timeout(20_000);
    const { code, output, errors } = await runCommandLine({
      pipeline:
        'steps:\n- pwsh: ls\n- task: Nobody@1\n- script: ls\n  when: now\n- bash: ls\n  condition: maybe()\n',
      resources: 'variables:\n  a: ${env:SURELY_NOT_SET_HERE}\nservices: {}\n',
    });
    assert.equal(code, 2);
    assert.deepEqual(output, []);
    assert.match(errors, /pipeline\.yml:2:3: a "pwsh" step is not supported/);
    assert.match(
      errors,
      /pipeline\.yml:5:3: unknown key "when" in a "script" step; expected one of: /,
    );
    assert.match(
      errors,
      /local-agent\.yml:2:6: the environment variable SURELY_NOT_SET_HERE is not set/,
    );
    assert.match(errors, /local-agent\.yml:3:1: unknown key "services"/);
    assert.match(errors, /pipeline\.yml:3:9: no task Nobody@1 under /);
    assert.match(errors, /pipeline\.yml:7:14: there is no function "maybe" here/);
    assert.ok(!errors.includes('    at '));
  });

  it('exits with 2 for a mistake on the command line', async function () {
    this.timeout(20_000);
    const { code, errors } = await runCommandLine({
      pipeline: 'steps: []\n',
      args: ['--node', '99'],
    });
    assert.equal(code, 2);
    assert.match(errors, /--node 99: expected 20, 24 or the path of a Node binary/);
  });

  it('takes Ctrl+C as the cancel of the server: one SIGINT to the task, post-job steps, exit 130', async function () {
    this.timeout(30_000);
    const pipeline = `
steps:
- checkout: none
- task: Js@1
  name: build
  inputs:
    code: |
      let count = 0;
      process.on('SIGINT', () => { console.log('interrupts=' + ++count); setTimeout(() => process.exit(0), 300); });
      console.log('ready');
      await hang();
    postCode: console.log('cleaned up')
`;
    const { code, output, folder } = await runCommandLine(
      { pipeline, detached: true },
      (line, pid) => {
        if (line !== 'ready' && line !== 'interrupts=1') return;
        // What a terminal does: the whole foreground group gets the signal; the second is a user's impatience.
        process.kill(-pid, 'SIGINT');
      },
    );
    assert.equal(code, 130);
    assert.deepEqual(
      output.filter((line) => line.startsWith('interrupts')),
      ['interrupts=1'],
    );
    assert.ok(output.includes('cleaned up'));
    assert.ok(output.includes('##[warning]Already canceling: post-job steps are still to run.'));
    const steps = await recordedSteps(join(folder, 'record.json'));
    assert.deepEqual(
      steps.map(({ phase, result }) => `${phase} ${result}`),
      ['pre Succeeded', 'main Canceled', 'post Succeeded'],
    );
  });

  it('clears up what a killed run has left: its processes and its folder', async function () {
    this.timeout(30_000);
    const pipeline =
      'steps:\n- checkout: none\n- script: |\n    echo "work=$AGENT_WORKFOLDER"\n    echo "pid=$$"\n    sleep 303\n';
    const values = new Map<string, string>();
    await runCommandLine({ pipeline, work: false }, (line, pid) => {
      const [name = '', value = ''] = line.split('=');
      values.set(name, value);
      if (name === 'pid') process.kill(pid, 'SIGKILL');
    });
    assert.ok(existsSync(values.get('work') ?? ''));
    const { code } = await runCommandLine({ pipeline: 'steps:\n- checkout: none\n', work: false });
    assert.equal(code, 0);
    assert.ok(!existsSync(values.get('work') ?? ''));
    assert.ok(!existsSync(`/proc/${values.get('pid') ?? ''}/exe`));
    const [folder = ''] = relative(tmpdir(), values.get('work') ?? '').split('/');
    assert.ok(!existsSync(join(tmpdir(), folder)));
  });
});
