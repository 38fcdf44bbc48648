import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLines, secretsOf, startDemo } from '../../support/run-demo.ts';
import { filesHolding, formsOf } from '../../support/search-files.ts';

interface Descriptor {
  readonly platform?: { readonly os: string; readonly architecture: string };
}

/** The index that a tag points at, read from the registry's own storage (distribution's layout). */
async function storedIndex(
  stateDir: string,
): Promise<{ readonly manifests: readonly Descriptor[] }> {
  const storage = join(stateDir, 'registry/docker/registry/v2');
  const link = join(storage, 'repositories/shop/orders/_manifests/tags/latest/current/link');
  const digest = (await readFile(link, 'utf8')).trim().replace('sha256:', '');
  const blob = await readFile(
    join(storage, 'blobs/sha256', digest.slice(0, 2), digest, 'data'),
    'utf8',
  );
  return JSON.parse(blob) as { manifests: Descriptor[] };
}

async function nothingRunsIn(stateDir: string): Promise<void> {
  const processes = (await commandLines()).filter((line) => line.includes(stateDir));
  assert.deepEqual(processes, []);
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n');
  assert.deepEqual(
    mounts.filter((line) => line.includes(stateDir)),
    [],
  );
}

describe('npm run demo', function () {
  this.timeout(900_000);
  let stateDir: string;
  const seen = { secrets: [] as readonly string[], commandLines: new Set<string>(), output: '' };

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'daemonless-demo-'));
  });

  after(async () => {
    await rm(stateDir, { recursive: true, force: true });
  });

  it('builds, pushes and tests the example on Node 20, from nothing', async () => {
    const demo = startDemo(stateDir, '--node', '20');
    const ended = new AbortController();
    const sampling = (async () => {
      while (!ended.signal.aborted) {
        (await commandLines()).forEach((line) => seen.commandLines.add(line));
        await delay(200);
      }
    })();
    seen.secrets = await secretsOf(stateDir);
    const { exitCode, output } = await demo.ended;
    ended.abort();
    await sampling;
    seen.output = output;
    assert.equal(exitCode, 0, output);
    assert.match(output, /Left behind: nothing/);
  });

  it('leaves an index with both architectures in the registry', async () => {
    const { manifests } = await storedIndex(stateDir);
    const platforms = manifests.map(({ platform }) => `${platform?.os}/${platform?.architecture}`);
    assert.ok(
      platforms.includes('linux/amd64') && platforms.includes('linux/arm64'),
      platforms.join(),
    );
  });

  it('shows its secrets in no process list, log, file, layer or attachment', async () => {
    const forms = seen.secrets.flatMap(formsOf);
    assert.equal(seen.secrets.length, 2);
    assert.deepEqual(
      [...seen.commandLines].filter((line) => forms.some((form) => line.includes(form))),
      [],
    );
    assert.ok(!forms.some((form) => seen.output.includes(form)));
    assert.deepEqual(await filesHolding(stateDir, forms), []);
  });

  it('takes every step of the build from the cache the second time, on Node 24', async () => {
    const { exitCode, output } = await startDemo(stateDir, '--node', '24').ended;
    assert.equal(exitCode, 0, output);
    assert.match(output, /cache\s+100 %/);
    await nothingRunsIn(stateDir);
  });

  const phases: readonly (readonly [string, RegExp])[] = [
    ['while the daemons start', /Starting BuildKit/],
    ['while it attaches', /Starting: Attach to BuildKit/],
    ['in the middle of the build', /Starting: Build and push the image[^]*\[linux\/a/],
    ['while the services start', /Start services[^]*run --detach/],
    ['while the tests run', /test session starts/],
  ];
  for (const [phase, pattern] of phases) {
    it(`leaves nothing behind when Ctrl+C is pressed ${phase}`, async () => {
      const demo = startDemo(stateDir);
      await demo.printed(pattern);
      demo.pressCtrlC();
      const { exitCode, output } = await demo.ended;
      assert.equal(exitCode, 130, output);
      assert.match(output, /Left behind: nothing/);
      await nothingRunsIn(stateDir);
    });
  }
});
