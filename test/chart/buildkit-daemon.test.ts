import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { startRegistry } from '../../scripts/lib/playground/registry.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { chartFolder } from '../support/chart.ts';
import { type ChartDaemon, runScript, startChartDaemon } from '../support/chart-daemon.ts';
import { holdBuild } from '../support/held-build.ts';

const gibi = 1024 ** 3;
const storage = { kind: 'emptyDir', size: '50Gi' };
/** One host with two paths, as Harbor has: TOML refuses a section that stands twice. */
const mirrors = [
  { registry: 'docker.io', mirror: 'cache:5000/hub', http: true },
  { registry: 'quay.io', mirror: 'cache:5000/quay', http: true },
];

describe('A daemon with the configuration that the chart makes', () => {
  let folder: string;
  let daemon: ChartDaemon;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chart-daemon-'));
    const buildkit = { securityProfile: 'privileged', storage, mirrors, maxParallelism: 6 };
    daemon = await startChartDaemon({ buildkit }, folder);
    await copyFile(join(daemon.certificates, 'tls.crt'), startedWith());
  });

  after(async () => {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const startedWith = (): string =>
    join(daemon.environment['RUN_FOLDER'] ?? '', 'started-with.crt');
  const buildctl = async (...args: string[]): Promise<string> => {
    const address = ['--addr', daemon.address, '--tlsdir', daemon.clientCertificates];
    const { stdout } = await execa(toolPath('buildctl'), [...address, ...args]);
    return stdout;
  };

  it('takes the generated certificates for both sides, and nobody without one', async () => {
    assert.match(await buildctl('debug', 'workers'), /linux\/amd64/);
    const ca = ['--tlscacert', join(daemon.clientCertificates, 'ca.crt')];
    const args = ['--addr', daemon.address, ...ca, '--timeout', '5', 'debug', 'workers'];
    const anonymous = await execa(toolPath('buildctl'), args, { reject: false });
    assert.notEqual(anonymous.exitCode, 0);
  });

  it('keeps the four rules with their sizes in bytes, the last of which bounds everything', async () => {
    const policy = (await buildctl('debug', 'workers', '-v')).split('GC Policy rule#').slice(1);
    assert.equal(policy.length, 4);
    const [mounts = '', old = '', unshared = '', all = ''] = policy;
    assert.match(mounts, /exec\.cachemount[\s\S]*Keep duration:\s+168h0m0s/);
    assert.match(old, /Keep duration:\s+504h0m0s/);
    for (const rule of [unshared, all]) {
      assert.doesNotMatch(rule, /Keep duration/);
      assert.match(rule, new RegExp(`Maximum used space:\\s+${shown(30 * gibi)}`));
      assert.match(rule, new RegExp(`Reserved space:\\s+${shown(10 * gibi)}`));
      assert.match(rule, new RegExp(`Minimum free space:\\s+${shown(10 * gibi)}`));
    }
    assert.match(all, /All:\s+true/);
  });

  it('is ready and alive until its certificate is renewed', async () => {
    assert.equal((await runScript(daemon, 'ready.sh')).exitCode, 0);
    assert.equal((await runScript(daemon, 'alive.sh')).exitCode, 0);
    await writeFile(startedWith(), 'another');
    assert.equal((await runScript(daemon, 'ready.sh')).exitCode, 1);
    const alive = await runScript(daemon, 'alive.sh');
    assert.equal(alive.exitCode, 1);
    assert.match(alive.all, /certificate was renewed: this daemon starts again once its builds/);
    await copyFile(join(daemon.certificates, 'tls.crt'), startedWith());
  });

  it('counts the builds that run, for Prometheus', async () => {
    const idle = await runScript(daemon, 'gauge.sh');
    assert.match(idle.all, /^HTTP\/1\.1 200 OK\r?\n/);
    assert.match(idle.all, /\nbuildkit_builds_in_flight 0$/);
    const build = await holdBuild(folder, await buildxEnvironment());
    assert.match((await runScript(daemon, 'gauge.sh')).all, /buildkit_builds_in_flight 1$/);
    await build.stop();
  });

  it('passes what "helm test" asks of it: both platforms, a push, its cache, and a pull that runs', async () => {
    const storageDir = join(folder, 'registry');
    const registry = await startRegistry({ name: 'test', stateDir: folder, storageDir });
    const env = {
      ...{ PATH: daemon.environment['PATH'] ?? '', TMPDIR: folder, TAG: 'ci-1' },
      ...{ DAEMONS: new URL(daemon.address).host, CERTIFICATES: daemon.clientCertificates },
      ...{ PROGRAMS: join(chartFolder, 'files/programs'), PLATFORMS: 'linux/amd64,linux/arm64' },
      REPOSITORY: `127.0.0.1:${registry.port}/ci-helm-test`,
    };
    const script = join(chartFolder, 'files/test/build.sh');
    const test = await execa('/bin/sh', [script], { env, all: true, reject: false });
    await registry.daemon.stop();
    assert.equal(test.exitCode, 0, test.all);
    assert.match(test.all, /built for linux\/amd64,linux\/arm64 and pushed/);
    assert.match(test.all, /built again from its cache\n.*pulled and ran it\nall daemons passed/);
  });

  it('is pruned by the job below the collector, which tells of daemons that it cannot reach', async () => {
    const env = {
      ...{ PATH: daemon.environment['PATH'] ?? '', CERTIFICATES: daemon.clientCertificates },
      ...{ DAEMONS: `127.0.0.1:1 ${new URL(daemon.address).host}`, KEEP_MEGABYTES: '0' },
    };
    const script = join(chartFolder, 'files/buildkit/prune.sh');
    const prune = await execa('/bin/sh', [script], { env, all: true, reject: false });
    assert.equal(prune.exitCode, 1);
    assert.match(prune.all, /127\.0\.0\.1:1 was not pruned: .*connection refused/);
    assert.match(prune.all, /127\.0\.0\.1:\d+: Total:/);
    assert.match(await buildctl('du'), /Total:\s+0B/);
  });

  it('is drained once the last build has ended and its client is gone, not before', async () => {
    const build = await holdBuild(folder, await buildxEnvironment());
    let isDrained = false;
    const draining = runScript(daemon, 'drain.sh').finally(() => {
      isDrained = true;
    });
    await sleep(1500);
    assert.equal(isDrained, false, 'a build still runs');
    assert.equal((await runScript(daemon, 'ready.sh')).exitCode, 1, 'no new builds are sent');
    await build.stop();
    assert.equal((await draining).exitCode, 0);
  });

  /** Of a buildx that knows this daemon. */
  async function buildxEnvironment(): Promise<Readonly<Record<string, string>>> {
    const env = { BUILDX_CONFIG: await mkdtemp(join(folder, 'buildx-')), BUILDX_BUILDER: 'chart' };
    const files = { cacert: 'ca.crt', cert: 'tls.crt', key: 'tls.key' };
    const options = Object.entries(files).map(
      ([option, file]) => `${option}=${join(daemon.clientCertificates, file)}`,
    );
    const args = ['create', '--name', 'chart', '--driver', 'remote', '--driver-opt'];
    await execa(toolPath('buildx'), [...args, options.join(','), daemon.address], { env });
    return env;
  }
});

/** As buildctl writes sizes. */
function shown(bytes: number): string {
  return `${bytes / 1e9}GB`.replace('.', String.raw`\.`);
}
