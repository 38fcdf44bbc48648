import assert from 'node:assert/strict';
import { CommandFailedError } from '../../../../src/core/command-failure.ts';
import type { Ending } from '../../../../src/core/command.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import {
  attachBuilder,
  silentNodes,
} from '../../../../tasks/SetupBuildkitBuilder/attach-builder.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { fakeRunner } from '../../../support/fake-runner.ts';

const plan = { name: 'ci', nodes: [{ name: 'ci-0', endpoint: 'tcp://b:1234', platforms: [] }] };
const running = { Name: 'ci-0', Endpoint: 'tcp://b:1234', Status: 'running' };

interface Situation {
  /** The nodes of the builder that is in the store already. */
  readonly nodes?: readonly object[];
  readonly createdStatus?: string;
  readonly createEnding?: Ending;
  readonly cancelled?: boolean;
}

/** Stands for buildx and its store, as far as attaching goes. */
function fakeBuildx({ nodes, createdStatus = 'running', createEnding, cancelled }: Situation = {}) {
  let stored = nodes;
  const abort = new AbortController();
  if (cancelled) abort.abort();
  const commands = fakeRunner(({ args }) => {
    if (args[0] === 'rm') stored = undefined;
    if (args[0] === 'create' && createEnding !== undefined)
      return { stderr: 'ERROR: no', ending: createEnding };
    if (args[0] === 'create') stored = [{ ...running, Status: createdStatus }];
    const builder = { Name: 'ci', Driver: 'remote', Nodes: stored };
    return { stdout: args[0] === 'ls' && stored !== undefined ? JSON.stringify(builder) : '' };
  });
  const host = new FakeHost();
  const store = {
    buildx: { file: 'buildx', version: '0.36.1' },
    folder: '/temp/store',
    isNew: nodes === undefined,
  };
  const attach = () => attachBuilder(plan, store, { host, commands, cancellation: abort.signal });
  return { attach, host, verbs: () => commands.commands.map(({ args }) => args[0]), commands };
}

describe('attaching buildx', () => {
  it('creates the builder and looks whether buildx reaches its daemon', async () => {
    const { attach, verbs } = fakeBuildx();
    await attach();
    assert.deepEqual(verbs(), ['create', 'ls']);
  });

  it('leaves an equal builder alone, so that a retried step succeeds', async () => {
    const { attach, verbs, host } = fakeBuildx({ nodes: [running] });
    await attach();
    assert.deepEqual(verbs(), ['ls']);
    assert.match(host.lines.join('\n'), /is there already, with these very nodes/);
  });

  it('makes a builder anew whose nodes are others, and says so', async () => {
    const { attach, verbs, host } = fakeBuildx({
      nodes: [{ ...running, Endpoint: 'tcp://old:1' }],
    });
    await attach();
    assert.deepEqual(verbs(), ['ls', 'rm', 'create', 'ls']);
    assert.match(host.lines.join('\n'), /with other nodes: it is made anew/);
  });

  it('works in its own store, and keeps buildx from looking at any Docker of the agent', async () => {
    const { attach, commands } = fakeBuildx();
    await attach();
    for (const { env } of commands.commands) {
      assert.equal(env?.['BUILDX_CONFIG'], '/temp/store');
      assert.equal(env['DOCKER_CONFIG'], '/temp/store');
      assert.ok('DOCKER_HOST' in env && env['DOCKER_HOST'] === undefined);
    }
  });

  it('tells which nodes buildx does not reach, which were there a moment ago', async () => {
    const { attach } = fakeBuildx({ createdStatus: 'inactive' });
    assert.deepEqual(silentNodes(plan, await attach()), ['ci-0']);
    assert.deepEqual(silentNodes(plan, await fakeBuildx().attach()), []);
    assert.deepEqual(silentNodes(plan, undefined), ['ci-0']);
  });

  it('shows the command and its words when buildx refuses', async () => {
    const { attach } = fakeBuildx({ createEnding: { kind: 'exited', exitCode: 1 } });
    await assert.rejects(
      attach(),
      (error: unknown) =>
        error instanceof CommandFailedError &&
        /buildx create --name ci .*exit code 1\n {2}ERROR: no/s.test(error.message),
    );
  });

  it('ends as cancelled when the step is cancelled meanwhile', async () => {
    await assert.rejects(fakeBuildx({ cancelled: true }).attach(), CancelledError);
  });
});
