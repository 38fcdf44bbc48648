import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { type RunningRegistry, startRegistry } from '../../scripts/lib/playground/registry.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { type ChartDaemon, startChartDaemon } from '../support/chart-daemon.ts';
import { type ChartRegistry, startChartRegistry } from '../support/chart-registry.ts';

describe('BuildKit with a proxy of the same chart', () => {
  let folder: string;
  let upstream: RunningRegistry;
  let proxy: ChartRegistry;
  let daemon: ChartDaemon;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chart-proxied-'));
    const storageDir = join(folder, 'upstream');
    upstream = await startRegistry({ name: 'upstream', stateDir: folder, storageDir });
    const origin = `http://127.0.0.1:${upstream.port}`;
    // Nobody answers at this name: whatever comes from it came through the proxy.
    const entry = { name: 'far', registry: 'registry.example.invalid', upstream: origin };
    const values = { buildkit: { securityProfile: 'privileged' }, proxies: [entry] };
    proxy = await startChartRegistry(values, 'ci-proxy-far', join(folder, 'proxy'));
    const hosts = { 'ci-proxy-far.build.svc:5000': new URL(proxy.origin).host };
    daemon = await startChartDaemon(values, await mkdtemp(join(folder, 'daemon-')), hosts);
  });

  after(async () => {
    await daemon.stop();
    await proxy.stop();
    await upstream.daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('builds from images of a registry far away, and goes on when that is down', async () => {
    const name = `127.0.0.1:${upstream.port}/base:1`;
    const base = ['FROM scratch', 'COPY Dockerfile /base'];
    assert.equal(await build(base, '--output', `type=image,name=${name},push=true`), '');
    await buildctl('prune', '--all');
    const image = ['FROM registry.example.invalid/base:1', 'COPY Dockerfile /image'];
    assert.equal(await build(image), '');
    await upstream.daemon.stop();
    await buildctl('prune', '--all');
    assert.equal(await build(image, '--no-cache'), '', 'the daemon forgot it, the proxy did not');
  });

  const buildctl = (...args: readonly string[]) => {
    const address = ['--addr', daemon.address, '--tlsdir', daemon.clientCertificates];
    return execa(toolPath('buildctl'), [...address, ...args], { reject: false, all: true });
  };

  /** What is wrong with the build: nothing, or its output. */
  async function build(dockerfile: readonly string[], ...options: readonly string[]) {
    const context = await mkdtemp(join(folder, 'context-'));
    await writeFile(join(context, 'Dockerfile'), dockerfile.join('\n'));
    const local = ['--local', `context=${context}`, '--local', `dockerfile=${context}`];
    const args = ['build', '--frontend', 'dockerfile.v0', ...local, ...options];
    const { exitCode, all } = await buildctl(...args);
    return exitCode === 0 ? '' : all;
  }
});
