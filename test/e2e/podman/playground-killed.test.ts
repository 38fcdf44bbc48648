import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { startPlayground } from '../../../scripts/lib/playground/start-playground.ts';
import { mustRun, runTool, until } from '../../support/run-tool.ts';
import { processesNaming, tracesOf } from '../../support/traces.ts';

interface Running {
  readonly address: string;
  readonly pid: number;
  readonly host: string;
  readonly environment: Record<string, string>;
}

// As root inside a container: crun does not get along with mixed cgroups, default limits are refused.
const limits = ['--ulimit', 'nofile=20000:20000', '--ulimit', 'nproc=1000:1000'];
const podmanRun = ['podman', 'run', '--runtime', 'runc', ...limits] as const;
const program = fileURLToPath(new URL('../../support/playground-parent.ts', import.meta.url));

describe('A playground whose program is killed', function () {
  this.timeout(60_000);
  // Numbers that nobody else sleeps for: they find a build's step and a container among all processes.
  const pause = `7${process.pid}`;
  const endless = `8${process.pid}`;
  let folder: string;
  let stateDir: string;
  let parent: ChildProcess;
  let running: Running;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    stateDir = join(folder, 'state');
    parent = spawn(process.execPath, ['--import', 'tsx', program, stateDir], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.ok(parent.stdout);
    for await (const line of createInterface({ input: parent.stdout })) {
      running = JSON.parse(line) as Running;
      break;
    }
  });

  after(async () => {
    parent.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('does not feel a Ctrl+C that reaches all of its terminal', async () => {
    process.kill(-(parent.pid ?? 0), 'SIGINT');
    const workers = ['buildctl', '--addr', running.address, 'debug', 'workers'] as const;
    await mustRun([...workers], running.environment);
    assert.equal((await fetch(`http://${running.host}/v2/`)).status, 200);
  });

  it('ends with it at once, with the steps of its builds', async () => {
    await mustRun([...podmanRun, '--detach', 'busybox:1', 'sleep', endless], running.environment);
    const context = join(folder, 'context');
    await mkdir(context);
    await writeFile(join(context, 'Dockerfile'), `FROM busybox:1\nRUN sleep ${pause}\n`);
    const local = ['--local', `context=${context}`, '--local', `dockerfile=${context}`];
    const build = ['build', '--frontend', 'dockerfile.v0', ...local] as const;
    const building = runTool(
      ['buildctl', '--addr', running.address, ...build],
      running.environment,
    );
    await until(
      () => Promise.resolve(processesNaming(`sleep\0${pause}`).length > 0),
      'the step of the build',
    );
    parent.kill('SIGKILL');
    assert.notEqual((await building).exitCode, 0);
    await until(() => Promise.resolve(builds().length === 0), 'the end of all daemons');
  });

  it('leaves nothing of its containers, mounts and cgroups once another has run there', async () => {
    const containers = processesNaming(`sleep\0${endless}`);
    assert.equal(containers.length, 1, 'the container outlives its program until then');
    const next = await startPlayground({ stateDir, builders: [{ name: 'main' }], registries: [] });
    const list = await mustRun(['podman', 'ps', '--all', '--quiet'], next.environment);
    assert.equal(list, '');
    await next.stop();
    assert.deepEqual([...tracesOf(stateDir), ...processesNaming(`sleep\0${endless}`)], []);
  });

  /** Daemons of the playground and steps of its builds that still run. */
  function builds(): string[] {
    const daemons = tracesOf(stateDir).filter((line) => /buildkitd|registry serve/.test(line));
    return [...daemons, ...processesNaming(`sleep\0${pause}`)];
  }
});

describe('A playground on a full disk', function () {
  this.timeout(30_000);

  it('says which folder is full and how much is free, and leaves nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'full-'));
    await mustRun(['mount', '-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', folder], {});
    try {
      const stateDir = join(folder, 'state');
      const starting = startPlayground({ stateDir, builders: [{ name: 'main' }], registries: [] });
      await assert.rejects(starting, /disk is full: .*full-.* has 0 MB free/);
      assert.deepEqual(processesNaming(stateDir), []);
    } finally {
      await mustRun(['umount', folder], {});
      await rm(folder, { recursive: true });
    }
  });
});
