import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { type BundleRun, runBundle } from '../support/run-bundle.ts';
import { setUp } from '../support/setup-runs.ts';

type Texts = Readonly<Record<string, string>>;

const dockerfile = `FROM busybox:1
ARG NONCE
RUN --mount=type=cache,target=/root/.cache echo "seen $NONCE: $(ls /root/.cache)." && touch /root/.cache/$MARK
`;

describe('The caches of BuildxMultiArch', function () {
  this.timeout(600_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'first' }, { name: 'fresh' }],
      registries: [{ name: 'plain' }],
    }));
  });

  after(async () => {
    await remove();
  });

  /** A job of its own on a daemon, with a Dockerfile. */
  async function build(
    {
      builder = 'first',
      text,
      variables = {},
    }: { builder?: string; text: string; variables?: Texts },
    inputs: Texts,
  ): Promise<BundleRun> {
    const sources = join(await mkdtemp(join(folder, 'agent-')), 's');
    await mkdir(sources);
    await writeFile(join(sources, 'Dockerfile'), text);
    const environment = {
      ...{ BUILD_SOURCESDIRECTORY: sources, BUILD_SOURCEBRANCH: 'refs/heads/main' },
      ...{ BUILD_REPOSITORY_ID: '1', BUILD_REPOSITORY_NAME: 'orders', SYSTEM_TEAMPROJECT: 'shop' },
      ...variables,
    };
    const { address } = playground.builder(builder);
    const attached = await setUp({ folder, environment, inputs: { endpoints: address } });
    return runBundle({
      ...{ task: 'BuildxMultiArch', entry: 'main', temp: await mkdtemp(join(folder, 'temp-')) },
      inputs: { tags: '1', ...inputs },
      environment: { ...playground.environment, ...environment, ...attached.environment },
    });
  }

  it('keep the files of cache mounts apart for repositories and forks, and together for branches', async () => {
    const seen = async (mark: string, variables: Texts): Promise<string> => {
      const text = dockerfile.replace('$MARK', mark);
      const run = await build({ text, variables }, { push: 'false', buildArgs: `NONCE=${mark}` });
      return new RegExp(`seen ${mark}: (.*)\\.$`, 'm').exec(run.output)?.[1] ?? run.output;
    };
    const fork = (name: string): Texts => ({
      SYSTEM_PULLREQUEST_ISFORK: 'True',
      SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI: `https://example.org/${name}`,
    });
    assert.equal(await seen('own', {}), '');
    assert.equal(await seen('branch', { BUILD_SOURCEBRANCH: 'refs/heads/next' }), 'own');
    assert.equal(await seen('other', { BUILD_REPOSITORY_NAME: 'basket' }), '');
    assert.equal(await seen('fork', fork('one')), '');
    assert.equal(await seen('another', fork('two')), '');
    assert.equal(await seen('again', fork('one')), 'fork');
  });

  it('hold the same layers for two repositories: their mounts do not change what a step is', async () => {
    const text = 'FROM busybox:1\nRUN --mount=type=cache,target=/root/.cache echo shared-layer\n';
    const first = await build({ text }, { push: 'false' });
    assert.match(first.output, /^User steps cached: 0 of 1 /m);
    const variables = { BUILD_REPOSITORY_NAME: 'basket' };
    const second = await build({ text, variables }, { push: 'false' });
    assert.match(second.output, /^User steps cached: 1 of 1 /m);
  });

  it('are written after the push by a second build, and found by a fresh daemon', async () => {
    const { host } = playground.registry('plain');
    const text =
      'FROM busybox:1 AS a\nRUN echo after-push > /a\nFROM busybox:1\nCOPY --from=a /a /\n';
    const inputs = {
      repository: `${host}/orders`,
      cacheRepository: `${host}/cache`,
      cacheExport: 'afterPush',
    };
    const first = await build({ text }, inputs);
    assert.match(first.output, /result=Succeeded/);
    assert.ok(
      first.output.indexOf('Cache written after') > first.output.indexOf('variable=digest'),
    );
    const second = await build({ text, builder: 'fresh' }, inputs);
    assert.match(second.output, /^User steps cached: 2 of 2 \(100 %\)$/m);
  });

  it('keep the content of cache mounts for a daemon that has lost its disk, and forks leave it as it is', async () => {
    const { host } = playground.registry('plain');
    const mounts = [
      '--mount=type=cache,id=packages,target=/packages',
      '--mount=type=cache,target=/home/.cache,uid=1000,mode=0700',
    ].join(' ');
    const text = `FROM busybox:1\nARG MARK\nRUN ${mounts} echo "seen $MARK: $(ls /packages) $(ls /home/.cache)." && touch /packages/$MARK /home/.cache/of-$MARK\n`;
    const run = async (mark: string, builder: string, variables: Texts = {}) => {
      const inputs = {
        ...{
          repository: `${host}/kept`,
          cacheRepository: `${host}/cache`,
          buildArgs: `MARK=${mark}`,
        },
        cacheMounts: 'packages\n/home/.cache',
      };
      const { output } = await build({ text, builder, variables }, inputs);
      assert.match(output, /result=Succeeded/, output);
      const seen = new RegExp(`seen ${mark}: (.*)\\.$`, 'm').exec(output)?.[1];
      return { output, seen };
    };
    const first = await run('one', 'first');
    assert.match(first.output, /2 of 2 were empty on .*; nothing is saved yet as /);
    assert.match(first.output, /Cache mounts: saved as \S+:kept_mounts-linux-amd64_main in /);
    const fork = { SYSTEM_PULLREQUEST_ISFORK: 'True', BUILD_SOURCEBRANCH: 'refs/pull/1/merge' };
    const forked = await run('forked', 'fresh', fork);
    assert.equal(forked.seen, 'one of-one');
    assert.match(forked.output, /Cache mounts: not saved, because pull requests from forks/);
    const second = await run('two', 'fresh');
    assert.match(second.output, /2 of 2 were empty on .*; restored from /);
    assert.equal(second.seen, 'one of-one');
    const third = await run('three', 'fresh');
    assert.match(third.output, /Cache mounts: all have content on /);
  });

  for (const cacheExport of ['withPush', 'afterPush']) {
    it(`that cannot be written ${cacheExport} are one warning, and the image is pushed`, async () => {
      const { host } = playground.registry('plain');
      const text = `FROM busybox:1\nRUN echo ${cacheExport}\n`;
      const inputs = {
        repository: `${host}/lost`,
        cacheRepository: 'localhost:1/cache',
        cacheExport,
      };
      const { output } = await build(
        { text },
        { ...inputs, cacheTo: 'type=registry,ref=localhost:1/x' },
      );
      assert.match(output, /result=Succeeded/);
      assert.match(output, /variable=digest;[^\]]*\]sha256:/);
      const warnings = [...output.matchAll(/type=warning;\](.*)$/gm)].map(([, text = '']) => text);
      const exports = warnings.filter((warning) => warning.includes('was not written'));
      assert.equal(exports.length, 1, output);
    });
  }
});
