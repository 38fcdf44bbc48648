import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const PIPELINE = `
variables:
  SHARED: from the pipeline
  inner: core
  outer: <$(inner)>
  loop: $(loop)
steps:
- task: Js@1
  env:
    SHARED: from the step
    shared: lower case
    KEY: ' $(outer) '
  inputs:
    words: through its alias
    preCode: if (require('fs').readdirSync(process.cwd()).length === 0) console.log('pre=before checkout')
    code: |
      const print = (name, value) => console.log(name + '=' + value);
      for (const name of ['SHARED', 'shared', 'KEY', 'INPUT_TEXT', 'INPUT_PATH', 'INPUT_FLAG', 'INPUT_NEEDED',
        'SECRET_TOKEN', 'TOKEN', 'OUTER', 'LOOP', 'TF_BUILD']) print(name, env[name]);
      print('cwd', process.cwd());
      print('secret', tl().getVariable('token') === ['hush', 'hush'].join('-'));
      print('leftover', process.env.SECRET_TOKEN);
      print('agentVersion', tl().assertAgent('4.0.0') ?? 'fine');
      print('vaultKey', require('fs').existsSync(env.AGENT_TEMPDIRECTORY + '/.taskkey'));
      print('public', JSON.parse(env.VSTS_PUBLIC_VARIABLES).includes('inner'));
      print('private', env.VSTS_SECRET_VARIABLES.includes('token'));
      tl().setVariable('late', 'now');
      print('stdin', require('fs').readFileSync(0).length);
- task: Js@1
  inputs:
    text: $(late) $(undefined) $(HOME) $(outer)
    choice: neither a nor b
    path: sub/../file
    code: |
      for (const name of ['INPUT_TEXT', 'INPUT_CHOICE', 'INPUT_PATH']) console.log('second.' + name + '=' + env[name]);
`;

describe('The environment of a task under the local agent', () => {
  let run: AgentRun;
  const value = (name: string): string | undefined => run.values.get(name);

  before(async function () {
    this.timeout(30_000);
    run = await runAgent({
      pipeline: PIPELINE,
      resources: 'variables:\n  token: { value: hush-hush, secret: true }\n',
    });
  });
  after(removeRuns);

  it('succeeds with the unmodified task library', () => {
    assert.equal(run.result, 'Succeeded');
    assert.equal(value('agentVersion'), 'fine');
    assert.equal(value('vaultKey'), 'true');
  });

  it('lets a pipeline variable beat the step env of the same name; lower-case names escape', () => {
    assert.equal(value('SHARED'), 'from the pipeline');
    assert.equal(value('shared'), 'lower case');
  });

  it('expands and trims the values of the step env', () => {
    assert.equal(value('KEY'), '<core>');
  });

  it('gives a secret as SECRET_NAME and never under its bare name', () => {
    assert.equal(value('SECRET_TOKEN'), '***');
    assert.equal(value('TOKEN'), 'undefined');
    assert.equal(value('secret'), 'true');
    assert.equal(value('private'), 'true');
  });

  it('leaves no secret in the environment once the task library has loaded', () => {
    assert.equal(value('leftover'), 'undefined');
  });

  it('sets an empty input to nothing instead of dropping it, and checks no required one', () => {
    assert.equal(value('INPUT_NEEDED'), '');
  });

  it('passes a pick list value that is none of the options', () => {
    assert.equal(value('second.INPUT_CHOICE'), 'neither a nor b');
  });

  it('roots an unset filePath input at the repository, and a relative one below it', () => {
    assert.equal(value('INPUT_PATH'), join(run.work, '1', 's'));
    assert.equal(value('second.INPUT_PATH'), join(run.work, '1', 's', 'file'));
  });

  it('runs the task in the sources folder, not in the folder of the task', () => {
    assert.equal(value('cwd'), join(run.work, '1', 's'));
  });

  it('resolves an alias before the agent sees the input', () => {
    assert.equal(value('INPUT_TEXT'), 'through its alias');
    assert.equal(value('INPUT_FLAG'), 'false');
  });

  it('expands variables that name variables all the way, and leaves a cycle raw with a warning', () => {
    assert.equal(value('OUTER'), '<core>');
    assert.equal(value('LOOP'), '$(loop)');
    assert.ok(run.lines.some((line) => /warning.*'loop'.*cyclical/.test(line)));
  });

  it('shows a new variable to later steps, keeps unknown ones as text, and asks its own environment second', () => {
    assert.equal(value('second.INPUT_TEXT'), `now $(undefined) ${homedir()} <core>`);
  });

  it('runs pre-job parts before checkout, when there are no sources', () => {
    assert.equal(value('pre'), 'before checkout');
    assert.deepEqual(
      run.steps.slice(0, 3).map(({ phase, task }) => `${phase} ${task}`),
      ['pre Js@1.2.3', 'pre Js@1.2.3', 'main checkout'],
    );
  });

  it('closes stdin and says that this is a build', () => {
    assert.equal(value('stdin'), '0');
    assert.equal(value('TF_BUILD'), 'True');
  });
});
