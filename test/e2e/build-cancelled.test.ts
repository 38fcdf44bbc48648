import assert from 'node:assert/strict';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { filesHolding } from '../support/search-files.ts';
import { processesNaming } from '../support/traces.ts';

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
const login = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');

/** Longer than any of these runs. */
const held = { lateMs: 120_000 };
const blob = { method: 'PUT', path: /\/v2\/image\/blobs\/uploads\// };
const manifest = { method: 'PUT', path: /\/v2\/image\/manifests\// };
const digest = { method: 'PUT', path: /\/v2\/image\/manifests\/sha256/ };
const tag = { method: 'PUT', path: /\/v2\/image\/manifests\/1$/ };
const mounts = { method: 'PUT', path: /\/v2\/cache\/manifests\/.*mounts/ };
const cache = { method: 'PUT', path: /\/v2\/cache\// };

const dockerfile = `FROM busybox:1
ARG SALT
RUN --mount=type=cache,target=/packages echo "$SALT" | tee /salt > /packages/salt
`;
const perPlatform = { platforms: 'linux/amd64, linux/arm64', strategy: 'perPlatform' };

describe('BuildxMultiArch, cancelled by the agent', function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let proxy: FaultProxy;
  let salt = 0;
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'guarded', credentials }],
    }));
    proxy = await startFaultProxy(playground.registry('guarded').host);
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await proxy.close();
    await remove();
  });

  interface Cancelled extends BuildJobRun {
    /** From the cancel to the end of the main step. */
    readonly seconds: number;
  }

  /** A build of something new, cancelled while the registry holds the request. */
  async function buildHeld(
    fault: Pick<Fault, 'method' | 'path'>,
    inputs: Readonly<Record<string, string>>,
  ): Promise<Cancelled> {
    const cancel = new AbortController();
    let cancelledAt = 0;
    let endedAt = 0;
    const onMet = (): void => {
      if (cancelledAt === 0) cancelledAt = Date.now();
      cancel.abort();
    };
    proxy.set([{ ...fault, fault: held, onMet }]);
    salt += 1;
    const job = await runBuildJob({
      attach: { endpoints: playground.builder('main').address },
      inputs: {
        ...{ repository: `${proxy.host}/image`, tags: '1', registries: 'registry' },
        ...{ buildArgs: `SALT=${salt}`, ...inputs },
      },
      files: { Dockerfile: dockerfile },
      environment: playground.environment,
      login: { ...credentials, host: proxy.host },
      cancel: cancel.signal,
      onLine: (line) => {
        if (cancelledAt > 0 && endedAt === 0 && /Finishing: /.test(line)) endedAt = Date.now();
      },
      script: 'find "$AGENT_TEMPDIRECTORY" -name private -o -name config.json',
    });
    runs.push(job);
    assert.ok(cancelledAt > 0, job.run.output);
    return { ...job, seconds: (endedAt - cancelledAt) / 1000 };
  }

  /** That the step ended as an agent wants it, and took all with it. */
  async function endsClean({ run, step, seconds }: Cancelled): Promise<void> {
    assert.equal(step.result, 'Canceled', run.output);
    // Then the agent would have sent SIGTERM.
    assert.ok(seconds < 7.5, `${seconds} s`);
    // The agent's own word; the task has no error and no warning of its own.
    const told = step.issues.map(({ message }) => message);
    assert.deepEqual(told, ['The operation was canceled.']);
    assert.doesNotMatch(run.output, /\/private$|config\.json$/m);
    assert.match(run.output, /The build left nothing behind\./);
    assert.deepEqual(processesNaming(`${proxy.host}/image`), []);
    assert.deepEqual(await filesHolding(run.workFolder, [login]), []);
  }

  const phases = [
    ['while a layer is uploaded', blob, {}],
    ['while the manifest is pushed', manifest, {}],
    ['while the platforms are pushed, each by itself', digest, perPlatform],
    ['while the platforms are merged', tag, perPlatform],
  ] as const;
  for (const [phase, fault, inputs] of phases) {
    it(`ends before the agent has to end it, and tells of no image: ${phase}`, async () => {
      const job = await buildHeld(fault, inputs);
      await endsClean(job);
      const { digest: told, imageRef, digests, tags } = job.step.outputVariables;
      assert.deepEqual(
        { told, imageRef, digests, tags },
        {
          told: undefined,
          imageRef: undefined,
          digests: undefined,
          tags: undefined,
        },
      );
      await assert.rejects(pushedIndex(playground.registry('guarded'), 'image:1', credentials));
    });
  }

  const later = [
    ['while the cache is written', cache, { cacheExport: 'afterPush' }],
    ['while cache mounts are saved', mounts, { cacheMounts: '/packages' }],
  ] as const;
  for (const [phase, fault, inputs] of later) {
    it(`ends before the agent has to end it, and tells of the image that is pushed: ${phase}`, async () => {
      const job = await buildHeld(fault, { cacheRepository: `${proxy.host}/cache`, ...inputs });
      await endsClean(job);
      const index = await pushedIndex(playground.registry('guarded'), 'image:1', credentials);
      assert.equal(job.step.outputVariables['digest'], index.digest);
    });
  }
});
