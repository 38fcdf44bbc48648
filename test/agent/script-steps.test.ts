import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const PIPELINE = `
steps:
- script: |
    false
    echo after=failure
    echo "bare=\${TOKEN-none} secret=\${SECRET_TOKEN-none} input=\${INPUT_SCRIPT-none} mapped=\${MAPPED:+yes}"
    echo "bare=\${TOKEN-none}\${SECRET_TOKEN-none}\${INPUT_SCRIPT-none}"
    echo "mapped=\${MAPPED:+yes}"
    echo "folder=$(basename $(pwd))"
  name: noStop
  env: { MAPPED: $(token) }
- bash: echo "to stderr" >&2
  name: noisy
- script: echo "to stderr" >&2
  name: strict
  failOnStderr: true
  continueOnError: true
- bash: 'echo "workdir=$(basename $PWD)"; echo "expanded=$(name) $(date +%Y)"'
  workingDirectory: docs
- bash: 'echo "whole=line"; printf "unfinished=line"'
`;

describe('Script steps under the local agent', () => {
  let run: AgentRun;
  const result = (name: string): string | undefined =>
    run.steps.find((step) => step.name === name)?.result;

  before(async function () {
    this.timeout(20_000);
    const repository = await mkdtemp(join(tmpdir(), 'agent-test-repository-'));
    await mkdir(join(repository, 'docs'));
    await writeFile(join(repository, 'docs', 'a.md'), '');
    run = await runAgent({
      pipeline: PIPELINE,
      resources: 'variables:\n  token: { value: hush-hush, secret: true }\n  name: World\n',
      args: ['--repository', repository],
    });
    await rm(repository, { recursive: true });
  });
  after(removeRuns);

  it('run without -e: only the last exit code counts', () => {
    assert.equal(run.values.get('after'), 'failure');
    assert.equal(result('noStop'), 'Succeeded');
  });

  it('see secrets and inputs only when their env maps them', () => {
    assert.equal(run.values.get('bare'), 'nonenonenone');
    assert.equal(run.values.get('mapped'), 'yes');
  });

  // Microsoft's Bash@3 prints its commands after whatever the script left on the line, and the agent
  // drops what stands before a command (microsoft/azure-pipelines-tasks issue 13839).
  it('lose a last line without a line end, as on the real agent', () => {
    assert.equal(run.values.get('whole'), 'line');
    assert.equal(run.values.get('unfinished'), undefined);
  });

  it('start in the sources folder, or in the one they name', () => {
    assert.equal(run.values.get('folder'), 's');
    assert.equal(run.values.get('workdir'), 'docs');
  });

  it('may write to stderr, unless failOnStderr forbids it', () => {
    assert.equal(result('noisy'), 'Succeeded');
    assert.equal(result('strict'), 'SucceededWithIssues');
  });

  it('have variables expanded in their text, and keep what is no variable for bash', () => {
    assert.equal(run.values.get('expanded'), `World ${new Date().getFullYear()}`);
  });
});

describe('Checkout under the local agent', () => {
  let repository: string;

  beforeEach(async () => {
    repository = await mkdtemp(join(tmpdir(), 'agent-test-repository-'));
    const file = (name: string, text = ''): Promise<void> =>
      writeFile(join(repository, name), text);
    await Promise.all([file('tracked.txt'), file('gone.txt'), file('.gitignore', 'ignored.txt\n')]);
    const git = (...args: string[]): Promise<unknown> =>
      execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repository });
    await git('init', '--quiet', '--initial-branch=topic/x');
    await git('add', '.');
    await git('commit', '--quiet', '--message=##vso[task.complete]first');
    await Promise.all([rm(join(repository, 'gone.txt')), file('new.txt'), file('ignored.txt')]);
    await symlink('tracked.txt', join(repository, 'link'));
    await utimes(join(repository, 'tracked.txt'), 0, 0);
  });
  afterEach(async () => {
    await rm(repository, { recursive: true });
    await removeRuns();
  });

  it('gives what a clone of the working tree would hold: no ignored and no deleted files, new times, links as links', async function () {
    this.timeout(20_000);
    const pipeline = `
steps:
- script: |
    echo "files=$(ls -A | tr '\\n' ' ')"
    echo "link=$(readlink link)"
    echo "fresh=$(find tracked.txt -mmin -5)"
    echo "branch=$(Build.SourceBranch) $(Build.SourceBranchName)"
    echo "message=$BUILD_SOURCEVERSIONMESSAGE"
    echo "version=\${#BUILD_SOURCEVERSION}"
`;
    const { values } = await runAgent({ pipeline, args: ['--repository', repository] });
    assert.equal(values.get('files'), '.gitignore link new.txt tracked.txt ');
    assert.equal(values.get('link'), 'tracked.txt');
    assert.equal(values.get('fresh'), 'tracked.txt');
    assert.equal(values.get('branch'), 'refs/heads/topic/x x');
    assert.equal(values.get('message'), '**vso[task.complete]first');
    assert.equal(values.get('version'), '40');
  });

  it("leaves the agent's own work folder out, should it lie in the repository", async function () {
    this.timeout(20_000);
    const pipeline = 'steps:\n- script: echo "files=$(ls | xargs)"\n';
    const args = ['--repository', repository, '--work', join(repository, 'work')];
    const { values } = await runAgent({ pipeline, args });
    assert.equal(values.get('files'), 'link new.txt tracked.txt');
  });

  it('is left out by "checkout: none"', async function () {
    this.timeout(20_000);
    const pipeline = 'steps:\n- checkout: none\n- script: echo "files=$(ls -A)"\n';
    const { values } = await runAgent({ pipeline, args: ['--repository', repository] });
    assert.equal(values.get('files'), '');
  });
});
