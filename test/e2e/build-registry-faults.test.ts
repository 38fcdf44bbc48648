import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import { type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { CommandLineWatch } from '../support/command-lines.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { filesHolding, formsOf } from '../support/search-files.ts';

const token = 's3cret/t0ken+with=signs';
const texts = formsOf(token);
const dockerfile = `FROM busybox:1
RUN --mount=type=secret,id=token,required=true wc -c < /run/secrets/token
ARG SALT
RUN echo "$SALT"
`;

/** What a push begins and ends with. */
const upload = { method: 'POST', path: /\/v2\/image\/blobs\/uploads/ };
const manifest = { method: 'PUT', path: /\/v2\/image[\w-]*\/manifests\// };

/** Each is waited for by BuildKit itself, which tries again some times; so all are begun together. */
const waits = {
  'image-429': [{ ...manifest, fault: 429, times: 8 }],
  'image-500': [{ ...manifest, fault: 500, times: 8 }],
  'image-reset': [{ ...manifest, fault: 'reset', times: 8 }],
  'image-429-for-good': [{ ...manifest, fault: 429 }],
  'image-500-for-good': [{ ...manifest, fault: 500 }],
  'image-reset-for-good': [{ ...manifest, fault: 'reset' }],
  'image-slow': [{ ...manifest, fault: { lateMs: 12_000 }, times: 1 }],
} as const satisfies Readonly<Record<string, readonly Fault[]>>;

describe('BuildxMultiArch when a registry is in trouble', function () {
  this.timeout(300_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let proxy: FaultProxy;
  let salt = 0;
  const runs: BuildJobRun[] = [];
  const begun = new Map<string, Promise<Built>>();

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'main' }],
    }));
    proxy = await startFaultProxy(playground.registry('main').host);
    for (const [image, faults] of Object.entries(waits)) {
      const built = buildApart(image, faults);
      begun.set(image, built);
      // Told by the test that asks for it.
      built.catch(() => undefined);
    }
  });

  after(async () => {
    await Promise.allSettled(begun.values());
    await Promise.all(runs.map(({ run }) => run.remove()));
    await proxy.close();
    await remove();
  });

  interface Built extends BuildJobRun {
    readonly hits: number;
  }

  /** One of `waits`, by a proxy of its own. */
  async function buildApart(image: string, faults: readonly Fault[]): Promise<Built> {
    const own = await startFaultProxy(playground.registry('main').host);
    own.set(faults);
    const retries = image.endsWith('for-good') ? { retries: '1' } : {};
    const job = await push(own.host, image, retries).finally(() => own.close());
    return { ...job, hits: own.hits() };
  }

  async function waitedFor(image: keyof typeof waits): Promise<Built> {
    const built = await begun.get(image);
    assert.ok(built);
    return built;
  }

  function build(faults: readonly Fault[], more: Readonly<Record<string, string>> = {}) {
    proxy.set(faults);
    return push(proxy.host, 'image', more);
  }

  /** A build of something new, pushed through a proxy; its artefacts are searched for the secret. */
  async function push(host: string, image: string, more: Readonly<Record<string, string>>) {
    const watch = new CommandLineWatch(texts);
    salt += 1;
    const job = await runBuildJob({
      attach: { endpoints: playground.builder('main').address },
      inputs: {
        ...{ repository: `${host}/${image}`, tags: '1', secrets: 'token=$token' },
        ...{ buildArgs: `SALT=${salt}`, ...more },
      },
      files: { Dockerfile: dockerfile },
      environment: playground.environment,
      secrets: { token },
    });
    runs.push(job);
    const { run } = job;
    assert.deepEqual(watch.stop(), []);
    assert.ok(!texts.some((text) => run.output.includes(text)));
    const own = join(run.workFolder, '1', 's', 'resources.yml');
    assert.deepEqual(await filesHolding(run.workFolder, texts), [own]);
    return job;
  }

  for (const status of [401, 403]) {
    it(`names the input to mend before the first step when the push is answered with ${status}`, async () => {
      const { run } = await build([{ ...upload, fault: status }]);
      assert.equal(run.exitCode, 1);
      assert.match(run.output, /##\[error\]registries: .* push to image/);
      assert.doesNotMatch(run.output, /stage-0|It is tried again/);
    });
  }

  for (const [name, fault] of [
    ['429', '429'],
    ['500', '500'],
    ['a reset', 'reset'],
  ] as const) {
    it(`pushes after all when the registry answers with ${name} for a while`, async () => {
      const { run, step, hits } = await waitedFor(`image-${fault}`);
      assert.equal(run.exitCode, 0, run.output);
      assert.ok(hits > 0);
      const index = await pushedIndex(playground.registry('main'), `image-${fault}:1`);
      assert.equal(step.outputVariables['digest'], index.digest);
    });

    it(`says so and stops trying when the registry answers with ${name} for good`, async () => {
      const { run } = await waitedFor(`image-${fault}-for-good`);
      assert.equal(run.exitCode, 1);
      assert.match(run.output, /##\[warning\].*It is tried again in 1\.0 s \(retry 1 of 1\)\./);
      assert.match(run.output, /##\[error\].*failed to push .* reaches the registry/);
    });
  }

  it('waits for a registry that is slow', async () => {
    const { run } = await waitedFor('image-slow');
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /still at #\d+ (pushing|exporting)/);
  });

  it('merges in a second try when the registry fails the first one', async () => {
    const tag = { method: 'PUT', path: /\/v2\/image\/manifests\/1$/ };
    const { run, step } = await build([{ ...tag, fault: 503, times: 3 }], {
      platforms: 'linux/amd64, linux/arm64',
      strategy: 'perPlatform',
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(proxy.hits(), 3);
    assert.match(run.output, /##\[warning\]The merge of the platforms failed: .*503/);
    const index = await pushedIndex(playground.registry('main'), 'image:1');
    assert.equal(step.outputVariables['digest'], index.digest);
  });

  it('reports both builds when the registry fails their merge for good', async () => {
    const tag = { method: 'PUT', path: /\/v2\/image\/manifests\/1$/ };
    const { run, step } = await build([{ ...tag, fault: 403 }], {
      platforms: 'linux/amd64, linux/arm64',
      strategy: 'perPlatform',
    });
    assert.equal(run.exitCode, 1);
    assert.equal(step.outputVariables['digest'], undefined);
    const [issue, ...others] = step.issues.filter(({ type }) => type === 'error');
    assert.deepEqual(others, []);
    assert.match(
      issue?.['message'] ?? '',
      /^The merge of the platforms failed \(exit code 1\): .*403/,
    );
    const report = step.attachments.find(({ type }) => type === 'daemonless.report');
    const told = JSON.parse(await readFile(report?.stored ?? '', 'utf8')) as BuildReport;
    assert.deepEqual([told.result, told.image.digest], ['failed', undefined]);
    assert.deepEqual([...new Set(told.steps.map(({ platform }) => platform))].sort(), [
      'linux/amd64',
      'linux/arm64',
    ]);
  });

  it('pushes the image when the cache can be neither read nor written, with a warning for each', async () => {
    const cache = /\/v2\/cache\//;
    const faults = ['GET', 'HEAD', 'POST', 'PUT'].map((method) => ({
      method,
      path: cache,
      fault: 500,
    }));
    const { run, step } = await build(faults, { cacheRepository: `${proxy.host}/cache` });
    assert.equal(run.exitCode, 0, run.output);
    const warnings = step.issues.filter(({ type }) => type === 'warning');
    const told = warnings.map(({ message }) => message ?? '');
    assert.equal(told.filter((text) => text.includes('was not written')).length, 1, run.output);
    assert.ok(told.filter((text) => text.includes('could not be read')).length <= 1);
    const index = await pushedIndex(playground.registry('main'), 'image:1');
    assert.equal(step.outputVariables['digest'], index.digest);
  });

  it('pushes the image when the registry of the cache is full, and says that it is', async () => {
    const faults = ['POST', 'PATCH', 'PUT'].map((method) => ({
      method,
      path: /\/v2\/cache\//,
      fault: 507,
    }));
    const { run, step } = await build(faults, { cacheRepository: `${proxy.host}/cache` });
    assert.equal(run.exitCode, 0, run.output);
    const warnings = step.issues.filter(({ type }) => type === 'warning');
    const told = warnings.map(({ message }) => message ?? '');
    assert.equal(told.length, 1, told.join('\n'));
    assert.match(told[0] ?? '', /^cacheRepository: the cache was not written, .*507/);
    const index = await pushedIndex(playground.registry('main'), 'image:1');
    assert.equal(step.outputVariables['digest'], index.digest);
  });

  it('waits for a cache that is slow, at import and at export, without a warning', async () => {
    const late = { lateMs: 3000 };
    const faults = ['GET', 'HEAD', 'PUT'].map((method) => ({
      method,
      path: /\/v2\/cache\/manifests\//,
      fault: late,
    }));
    const { run, step } = await build(faults, { cacheRepository: `${proxy.host}/cache` });
    assert.equal(run.exitCode, 0, run.output);
    assert.ok(proxy.hits() >= 2);
    assert.deepEqual(step.issues, []);
  });
});
