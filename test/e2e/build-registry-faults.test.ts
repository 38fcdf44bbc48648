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
const manifest = { method: 'PUT', path: /\/v2\/image\/manifests\// };

describe('BuildxMultiArch when a registry is in trouble', function () {
  this.timeout(300_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let proxy: FaultProxy;
  let salt = 0;
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'main' }],
    }));
    proxy = await startFaultProxy(playground.registry('main').host);
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await proxy.close();
    await remove();
  });

  /** A build of something new, pushed through the proxy; its artefacts are searched for the secret. */
  async function build(faults: readonly Fault[], more: Readonly<Record<string, string>> = {}) {
    proxy.set(faults);
    const watch = new CommandLineWatch(texts);
    salt += 1;
    const job = await runBuildJob({
      attach: { endpoints: playground.builder('main').address },
      inputs: {
        ...{ repository: `${proxy.host}/image`, tags: '1', secrets: 'token=$token' },
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
    ['429', 429],
    ['500', 500],
    ['a reset', 'reset'],
  ] as const) {
    it(`pushes after all when the registry answers with ${name} for a while`, async () => {
      const { run, step } = await build([{ ...manifest, fault, times: 8 }]);
      assert.equal(run.exitCode, 0, run.output);
      assert.ok(proxy.hits() > 0);
      const index = await pushedIndex(playground.registry('main'), 'image:1');
      assert.equal(step.outputVariables['digest'], index.digest);
    });

    it(`says so and stops trying when the registry answers with ${name} for good`, async () => {
      const { run } = await build([{ ...manifest, fault }], { retries: '1' });
      assert.equal(run.exitCode, 1);
      assert.match(run.output, /##\[warning\].*It is tried again in 1\.0 s \(retry 1 of 1\)\./);
      assert.match(run.output, /##\[error\].*failed to push .* reaches the registry/);
    });
  }

  it('waits for a registry that is slow', async () => {
    const { run } = await build([{ ...manifest, fault: { lateMs: 12_000 }, times: 1 }]);
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
