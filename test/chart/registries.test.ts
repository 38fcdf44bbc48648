import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from 'bcryptjs';
import { execa } from 'execa';
import { after, before, describe, it } from 'mocha';
import { type RunningRegistry, startRegistry } from '../../scripts/lib/playground/registry.ts';
import type { ChartValues } from '../support/chart.ts';
import { type ChartRegistry, startChartRegistry } from '../support/chart-registry.ts';
import { type PushedImage, pullStatus, pushImage } from '../support/pushed-images.ts';

const credentials = { username: 'reader', password: 'pa"ss\\word' };
const basic = (name: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
const upstreamLogin = basic(credentials.username, credentials.password);

describe('A registry proxy of the chart', () => {
  let folder: string;
  let upstream: RunningRegistry;
  let origin: string;
  let proxy: ChartRegistry;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chart-proxy-'));
    const storageDir = join(folder, 'upstream');
    upstream = await startRegistry({ name: 'up', stateDir: folder, storageDir, credentials });
    origin = `http://127.0.0.1:${upstream.port}`;
    proxy = await startChartRegistry(
      proxyValues(origin),
      'ci-proxy-private',
      join(folder, 'proxy'),
    );
    const secret = proxy.environment['CREDENTIALS'] ?? '';
    await writeFile(join(secret, 'username'), credentials.username);
    await writeFile(join(secret, 'password'), credentials.password);
    await writeFile(join(folder, 'proxy', 'htpasswd'), `ci:${await hash('secret', 4)}\n`);
  });

  after(async () => {
    await proxy.stop();
    await upstream.daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const login = basic('ci', 'secret');

  it('logs in upstream with the files of its Secret, and gives images to those who log in only', async () => {
    const image = await pushImage(origin, 'shop/orders', '1', { headers: upstreamLogin });
    assert.equal(await pullStatus(proxy.origin, image), 401);
    assert.equal(await pullStatus(proxy.origin, image, login), 200);
  });

  it('forgets what it fetched too long ago, and fetches that again when asked', async () => {
    const [old, young] = [await pulled('old'), await pulled('young')];
    await makeOld(old, 49);
    assert.match(await wipe(), /wiped 1 MiB of/);
    assert.deepEqual([await isKept(old), await isKept(young)], [false, true]);
    assert.equal(await pullStatus(proxy.origin, old, login), 200);
    await waitUntil(() => isKept(old));
  });

  it('makes room below its ceiling by what it fetched first', async () => {
    const [first, second] = [await pulled('first'), await pulled('second')];
    await makeOld(first, 2);
    const used = await kibibytesOf(join(proxy.storage, 'docker/registry/v2/blobs'));
    await wipe({ WIPE_CEILING_KIB: String(used - 100) });
    assert.deepEqual([await isKept(first), await isKept(second)], [false, true]);
  });

  it('is alive but for the hour of its daily wipe, when the last one was another day', async () => {
    const hour = String(new Date().getUTCHours());
    const alive = (settings: Record<string, string>) => run('alive.sh', settings);
    assert.equal((await alive({ MAINTENANCE_HOUR: hour })).exitCode, 0, 'it started today');
    const note = join(proxy.environment['RUN_FOLDER'] ?? '', 'maintained-on');
    await writeFile(note, '2020-01-01');
    assert.equal((await alive({ MAINTENANCE_HOUR: '-1' })).exitCode, 0, 'never by itself');
    const due = await alive({ MAINTENANCE_HOUR: hour });
    assert.equal(due.exitCode, 1);
    assert.match(due.stdout, /daily maintenance is due/);
  });

  it('serves what it has while upstream is down, also when it starts meanwhile', async () => {
    const image = await pulled('kept');
    await upstream.daemon.stop();
    assert.equal(await pullStatus(proxy.origin, image, login), 200);
    await proxy.restart();
    assert.equal(await pullStatus(proxy.origin, image, login), 200);
  });

  it('tells its registry a key that is JSON itself', async () => {
    const key = '{\n  "type": "service_account",\n  "key": "a\\\\nb"\n}';
    const secret = proxy.environment['CREDENTIALS'] ?? '';
    await writeFile(join(secret, 'password'), key);
    const { stdout } = await run('credentials.sh', {}, ['get'], 'gcr.io');
    const told: unknown = JSON.parse(stdout);
    assert.deepEqual(told, { ServerURL: 'gcr.io', Username: 'reader', Secret: key });
  });

  const run = (
    script: string,
    settings: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    input = '',
  ) =>
    execa('/bin/sh', [join(proxy.scripts, script), ...args], {
      env: { ...proxy.environment, ...settings },
      reject: false,
      input,
    });

  const wipe = async (settings: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await run('wipe.sh', settings)).stdout;

  /** An image of 1 MiB that the proxy has fetched. */
  async function pulled(name: string): Promise<PushedImage> {
    const options = { bytes: 1024 ** 2, headers: upstreamLogin };
    const image = await pushImage(origin, `shop/${name}`, '1', options);
    assert.equal(await pullStatus(proxy.origin, image, login), 200);
    await waitUntil(() => isKept(image));
    return image;
  }

  const pathOf = ({ layer }: PushedImage): string => {
    const [, hex = ''] = layer.split(':');
    return join(proxy.storage, 'docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data');
  };

  const isKept = (image: PushedImage): Promise<boolean> =>
    stat(pathOf(image)).then(
      () => true,
      () => false,
    );

  async function makeOld(image: PushedImage, hours: number): Promise<void> {
    const time = new Date(Date.now() - hours * 3_600_000);
    await utimes(pathOf(image), time, time);
  }
});

describe('The local registry of the chart, with the engine distribution', () => {
  it('collects what no tag holds before it serves, and keeps the rest', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chart-local-'));
    const values = { localRegistry: { enabled: true, engine: 'distribution' } };
    const registry = await startChartRegistry(values, 'ci-registry', folder);
    try {
      const old = await pushImage(registry.origin, 'ci-orders', 'main');
      const current = await pushImage(registry.origin, 'ci-orders', 'main');
      const lost = { ...old, tag: old.digest };
      assert.equal(await pullStatus(registry.origin, lost), 200, 'an overwritten tag leaves it');
      await registry.restart();
      assert.equal(await pullStatus(registry.origin, lost), 404);
      assert.equal(await pullStatus(registry.origin, current), 200);
      const again = await pushImage(registry.origin, 'ci-orders', 'next');
      assert.equal(await pullStatus(registry.origin, again), 200, 'it takes pushes as before');
    } finally {
      await registry.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Of the files below a folder, in the disk's blocks. */
async function kibibytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) => stat(join(parentPath, name))),
  );
  return sizes.reduce((sum, { blocks }) => sum + blocks / 2, 0);
}

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!(await isTrue())) {
    if (Date.now() > limit) throw new Error('The proxy did not keep the layer within 20 s.');
    await sleep(50);
  }
}

function proxyValues(upstream: string): ChartValues {
  const proxy = {
    name: 'private',
    registry: 'private.example.com',
    upstream,
    credentials: { existingSecret: 'upstream' },
    auth: { existingSecret: 'passwords' },
    wipe: { olderThan: '48h' },
  };
  return { proxies: [proxy] };
}
