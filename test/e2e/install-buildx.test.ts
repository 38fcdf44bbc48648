import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { createAuthority, issue } from '../../scripts/lib/playground/certificates.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import type { BuildxWish } from '../../src/core/buildx/release-wish.ts';
import { releaseFile } from '../../src/core/buildx/release.ts';
import { UserError } from '../../src/core/errors.ts';
import { systemClock } from '../../src/io/clock/system-clock.ts';
import { nodeFiles } from '../../src/io/files/node-files.ts';
import type { NetworkRoute } from '../../src/io/http/network-route.ts';
import { undiciFetcher } from '../../src/io/http/undici-fetcher.ts';
import { execaRunner } from '../../src/io/process/execa-runner.ts';
import { provideBuildx } from '../../src/workflows/provide-buildx.ts';
import { FakeHost } from '../support/fake-host.ts';
import { type MirrorManner, type ReleaseMirror, startMirror } from '../support/release-mirror.ts';
import { type TunnelProxy, startProxy } from '../support/tunnel-proxy.ts';

const direct: NetworkRoute = { proxy: undefined, ca: undefined, checkCertificates: true };
const routeOver = ({ url }: TunnelProxy, ca?: string): NetworkRoute => ({
  proxy: url.replace('//', '//ci:pass@'),
  ca,
  checkCertificates: true,
});
const osArchitecture = process.arch === 'x64' ? 'X64' : 'ARM64';
const file = releaseFile('0.36.1', process.arch === 'x64' ? 'amd64' : 'arm64');
const fetchLimitMs = 30_000;

describe('installing buildx on a real agent folder, from a real mirror', function () {
  this.timeout(fetchLimitMs);
  let folder: string;
  let sha256: string;
  let path: string | undefined;
  const closers: (() => void)[] = [];

  before(async () => {
    const program = await readFile(toolPath('buildx'));
    sha256 = createHash('sha256').update(program).digest('hex');
    path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
  });

  after(() => {
    process.env['PATH'] = path;
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'install-buildx-'));
  });

  afterEach(async () => {
    closers.splice(0).forEach((close) => {
      close();
    });
    await rm(folder, { recursive: true, force: true });
  });

  const mirror = async (...given: Parameters<typeof startMirror>): Promise<ReleaseMirror> => {
    const started = await startMirror(...given);
    closers.push(started.close);
    return started;
  };
  const tools = () => join(folder, 'tools');
  const place = (...parts: string[]) => join(tools(), 'buildx', '0.36.1', ...parts);

  function agent(route = direct, cancellation = new AbortController().signal) {
    const variables = { 'Agent.OSArchitecture': osArchitecture, 'Agent.ToolsDirectory': tools() };
    const host = new FakeHost({ variables, tempDirectory: folder });
    const ports = {
      host,
      files: nodeFiles,
      commands: execaRunner(cancellation),
      clock: systemClock(cancellation),
      cancellation,
      fetcher: undiciFetcher(cancellation, () => Promise.resolve(route)),
    };
    const provide = (source: BuildxWish['source'], dryRun = false) =>
      provideBuildx(
        { version: '0.36.1', sha256, ...(source === undefined ? {} : { source }) },
        dryRun,
        ports,
      );
    return { provide, host };
  }

  const fromMirror = ({ url }: ReleaseMirror) => ({ kind: 'mirror', url }) as const;
  const left = async () =>
    (await readdir(folder, { recursive: true })).filter((name) =>
      /buildx|complete|partial/.test(name.replace('tools/buildx', '')),
    );

  async function refusedFrom(manner: MirrorManner): Promise<string> {
    const { provide } = agent();
    const source = fromMirror(await mirror(manner));
    const error: unknown = await provide(source).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }

  it('puts a program that runs into the tool cache, and a marker beside it', async () => {
    const { provide, host } = agent();
    const buildx = await provide(fromMirror(await mirror('well')));
    assert.equal(buildx.file, place(process.arch, 'buildx'));
    const { stdout } = await execa(buildx.file, ['version']);
    assert.match(stdout, /v0\.36\.1/);
    assert.deepEqual((await readdir(place())).sort(), [process.arch, `${process.arch}.complete`]);
    assert.match(
      host.lines.join('\n'),
      /^Fetching buildx 0\.36\.1 from http:.*\nInstalled buildx .*MB in .*SHA-256 is right/m,
    );
  });

  it('asks the mirror no second time', async () => {
    const source = await mirror('well');
    await agent().provide(fromMirror(source));
    await agent().provide(fromMirror(source));
    assert.deepEqual(
      source.requests.map(({ path: asked }) => asked),
      [`/v0.36.1/${file}`],
    );
  });

  it('takes the file from a folder when there is no network', async () => {
    await copyFile(toolPath('buildx'), join(folder, file));
    const { provide } = agent();
    const buildx = await provide({ kind: 'folder', path: folder });
    assert.match((await execa(buildx.file, ['version'])).stdout, /v0\.36\.1/);
  });

  it('says which file a folder lacks', async () => {
    const asked = agent().provide({ kind: 'folder', path: '/nowhere' });
    await assert.rejects(
      asked,
      new RegExp(`^UserError: buildxSource: There is no file /nowhere/${file}`),
    );
  });

  it('never uses what lies there without a marker', async () => {
    await mkdir(place(process.arch), { recursive: true });
    await writeFile(place(process.arch, 'buildx'), 'half of a program', { mode: 0o755 });
    const source = await mirror('well');
    await agent().provide(fromMirror(source));
    assert.equal(source.requests.length, 1);
  });

  it('refuses a file with another digest, names both, and leaves nothing', async () => {
    const message = await refusedFrom('changed');
    assert.match(
      message,
      new RegExp(`expected SHA-256 ${sha256}, found [0-9a-f]{64} \\(\\d+ bytes\\)`),
    );
    assert.deepEqual(await left(), []);
  });

  it('refuses half a download, and leaves nothing', async () => {
    assert.match(await refusedFrom('half'), /^buildxSource: http:.* cannot be fetched \(/);
    assert.deepEqual(await left(), []);
  });

  it('names the address that a mirror does not have', async () => {
    const message = await refusedFrom('missing');
    assert.match(
      message,
      new RegExp(`^buildxSource: http://localhost:\\d+/v0\\.36\\.1/${file} answers HTTP 404\\.`),
    );
  });

  it('says that nothing listens at the mirror', async () => {
    const source = await mirror('well');
    source.close();
    await assert.rejects(agent().provide(fromMirror(source)), /cannot be fetched \(ECONNREFUSED/);
  });

  it('sends user and password as a header, and never shows the password', async () => {
    const source = await mirror('well');
    const { provide, host } = agent();
    await provide({ kind: 'mirror', url: source.url.replace('//', '//ci:s3cret@') });
    assert.equal(
      source.requests[0]?.authorization,
      `Basic ${Buffer.from('ci:s3cret').toString('base64')}`,
    );
    assert.ok(!host.lines.join().includes('s3cret'));
    assert.ok(host.masked.includes('s3cret'));
  });

  it("reaches a mirror through the agent's proxy, and trusts the agent's authority", async () => {
    const ca = await createAuthority('Test CA');
    const source = await mirror('well', await issue('mirror', 'serverAuth', ca, 'mirror.test'));
    const proxy = await startProxy('ci:pass');
    closers.push(proxy.close);
    await assert.rejects(
      agent().provide(fromMirror(source)),
      /cannot be fetched \(UNABLE_TO_VERIFY/,
    );
    const url = source.url.replace('localhost', 'mirror.test');
    await agent(routeOver(proxy, ca.cert)).provide({ kind: 'mirror', url });
    assert.deepEqual(proxy.tunnels, [url.replace('https://', '')]);
  });

  it('asks no proxy for a mirror on the agent itself', async () => {
    const proxy = await startProxy('ci:pass');
    closers.push(proxy.close);
    await agent(routeOver(proxy)).provide(fromMirror(await mirror('well')));
    assert.deepEqual(proxy.tunnels, []);
  });

  it('serves two jobs that install it at the same time', async () => {
    const source = fromMirror(await mirror('well'));
    const both = await Promise.all([agent().provide(source), agent().provide(source)]);
    assert.equal(new Set(both.map((buildx) => buildx.file)).size, 1);
    assert.deepEqual(await readdir(place(process.arch)), ['buildx']);
  });

  it('says where there is no space left, and leaves nothing there', async () => {
    await mkdir(tools());
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', tools()], {
      env: { PATH: path },
    });
    try {
      assert.match(
        await refusedFrom('well'),
        /^There is no space left for buildx in the agent's tool cache, /,
      );
      assert.deepEqual(await left(), []);
    } finally {
      await execa('umount', [tools()], { env: { PATH: path } });
    }
  });

  it('ends a download when the job is cancelled', async () => {
    const controller = new AbortController();
    const { provide } = agent(direct, controller.signal);
    const source = fromMirror(await mirror('silent'));
    setTimeout(() => {
      controller.abort();
    }, 200);
    await assert.rejects(provide(source), /Cancelled during the download of buildx/);
  });

  it('only says what it would fetch in a dry run', async () => {
    const source = await mirror('well');
    const { provide, host } = agent();
    await provide(fromMirror(source), true);
    assert.deepEqual([source.requests, await left()], [[], []]);
    assert.match(host.lines.join(), /Dry run: buildx 0\.36\.1 would be fetched from http:/);
  });
});
