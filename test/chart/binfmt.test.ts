import assert from 'node:assert/strict';
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { descendantNamed } from '../../scripts/lib/playground/process-table.ts';
import { chartFolder } from '../support/chart.ts';

const prefix = 'chart-test-';
const handlers = '/proc/sys/fs/binfmt_misc';

/** In namespaces of its own, where the kernel (6.7 and newer) has a binfmt_misc of its own, too. */
const unshare = ['--user', '--map-root-user', '--mount', '--kill-child', '--fork', '--'];
const begin = `mount -t binfmt_misc none ${handlers} && exec "$@"`;

describe('The binfmt pod of the chart', () => {
  let folder: string;
  let pod: ReturnType<typeof startPod>;

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'chart-binfmt-'));
    const trial = await execa('unshare', [...unshare, 'sh', '-c', begin, 'sh', 'true'], {
      reject: false,
    });
    if (trial.exitCode !== 0) {
      process.stdout.write(`    left out: one binfmt_misc for all: ${trial.stderr}\n`);
      this.skip();
    }
    for (const file of ['binfmt/register.sh', 'binfmt/verify.sh', 'programs/arm64']) {
      const copy = join(folder, file.split('/')[1] ?? '');
      await copyFile(join(chartFolder, 'files', file), copy);
      await chmod(copy, 0o755);
    }
    pod = startPod(folder);
    await waitUntil(async () => (await inPod('verify.sh')).exitCode === 0);
  });

  after(async () => {
    pod.kill('SIGKILL');
    await pod;
    await rm(folder, { recursive: true, force: true });
  });

  const environment = {
    ...{ ARCHITECTURES: 'amd64 arm64', HANDLER_PREFIX: prefix, INTERVAL: '1' },
    ...{ QEMU_FOLDER: '/usr/bin', HOST_ROOT: '/nowhere' },
  };

  function startPod(scripts: string) {
    const args = [...unshare, 'sh', '-c', begin, 'sh', '/bin/sh', join(scripts, 'register.sh')];
    return execa('unshare', args, { env: environment, reject: false, all: true });
  }

  /** Another container of the same node: other processes, the same kernel. */
  async function inNode(...command: readonly string[]) {
    const args = [...at(registerPid()), ...command];
    return execa('nsenter', args, { env: environment, reject: false, all: true });
  }

  const inPod = (script: string) => inNode('/bin/sh', join(folder, script));

  it("runs another architecture's program in another container, by QEMU that the kernel holds open", async () => {
    const { stdout } = await inNode('cat', `${handlers}/${prefix}aarch64`);
    assert.match(stdout, /^enabled\ninterpreter .*qemu-aarch64[^\n]*\nflags: .*F/);
  });

  it("leaves the node's own architecture alone", async () => {
    const { stdout } = await inNode('ls', handlers);
    assert.deepEqual(stdout.split('\n').sort(), [`${prefix}aarch64`, 'register', 'status']);
  });

  it('is not ready while the registration is gone, and registers again by itself', async () => {
    await execa('kill', ['-STOP', String(registerPid())]);
    await inNode('sh', '-c', `echo -1 > ${handlers}/${prefix}aarch64`);
    const verified = await inPod('verify.sh');
    assert.equal(verified.exitCode, 1);
    assert.match(verified.all, /programs of arm64 do not run on this node/);
    await execa('kill', ['-CONT', String(registerPid())]);
    await waitUntil(async () => (await inPod('verify.sh')).exitCode === 0);
  });

  it("takes its own handlers back when it is told to stop, and nobody else's", async () => {
    const register = String(registerPid());
    const other = ':another:E::foreign::/bin/true:';
    await inNode('sh', '-c', `echo '${other}' > ${handlers}/register`);
    // Keeps the node's namespaces after the pod's end.
    const node = execa('nsenter', [...at(register), 'sleep', '60'], { reject: false });
    await execa('kill', ['-TERM', register]);
    await pod;
    const left = await execa('nsenter', [...at(node.pid), 'ls', handlers]);
    node.kill('SIGKILL');
    await node;
    assert.deepEqual(left.stdout.split('\n').sort(), ['another', 'register', 'status']);
  });

  function registerPid(): number {
    return descendantNamed(pod.pid ?? 0, 'sh') ?? 0;
  }
});

/** What nsenter needs to be where that process is. */
function at(pid: string | number | undefined): readonly string[] {
  return ['--target', String(pid), '--user', '--mount', '--preserve-credentials'];
}

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!(await isTrue())) {
    if (Date.now() > limit) throw new Error('QEMU was not registered within 30 s.');
    await sleep(100);
  }
}
