import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { mustRun } from '../support/run-tool.ts';

const dockerfile = `FROM busybox:1 AS base
RUN echo base > /base

FROM base AS build
COPY app.txt /app.txt
RUN wc -c /app.txt > /length

FROM base
COPY --from=build /length /length
`;
const files = { Dockerfile: dockerfile, 'app.txt': 'one\n' };
/** RUN, COPY, RUN, COPY for each of both platforms. */
const userSteps = 8;

describe('BuildxMultiArch on a builder with a node for each platform', function () {
  this.timeout(300_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: ['amd64', 'arm64', 'fresh-amd64', 'fresh-arm64', 'plain-amd64', 'plain-arm64'].map(
        (name) => ({ name }),
      ),
      registries: [{ name: 'main' }],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  async function build(prefix: string, more: Readonly<Record<string, string>> = {}) {
    const { host } = playground.registry('main');
    const node = (arch: string): string =>
      `${playground.builder(`${prefix}${arch}`).address} name=${arch} platforms=linux/${arch}`;
    const job = await runBuildJob({
      attach: { endpoints: `${node('amd64')}\n${node('arm64')}` },
      inputs: {
        ...{ repository: `${host}/orders`, tags: '1', platforms: 'linux/amd64, linux/arm64' },
        ...{
          cacheRepository: `${host}/cache`,
          annotations: 'index:org.example.team=orders',
          ...more,
        },
      },
      files: { ...files, 'failing.Dockerfile': failing },
      environment: playground.environment,
    });
    runs.push(job);
    return job;
  }

  const failing = `FROM busybox:1
ARG TARGETARCH
RUN if [ $TARGETARCH = arm64 ]; then sleep 1; echo broken; exit 3; fi; sleep 60
`;

  it('pushes one digest, whose index has both platforms and the attestations of both', async () => {
    const { run, step } = await build('');
    assert.equal(run.exitCode, 0, run.output);
    const { digest, digests, replica } = step.outputVariables;
    const index = await pushedIndex(playground.registry('main'), 'orders:1');
    assert.equal(digest, index.digest);
    assert.deepEqual(Object.keys(index.platforms).sort(), ['linux/amd64', 'linux/arm64']);
    assert.deepEqual(JSON.parse(digests ?? ''), index.platforms);
    assert.equal(replica, 'amd64,arm64');
    const raw = await mustRun(
      [
        toolPath('buildx'),
        'imagetools',
        'inspect',
        '--raw',
        `${playground.registry('main').host}/orders:1`,
      ],
      playground.environment,
    );
    const { manifests, annotations } = JSON.parse(raw) as {
      manifests: { annotations?: Record<string, string> }[];
      annotations?: Record<string, string>;
    };
    const types = manifests.map((one) => one.annotations?.['vnd.docker.reference.type']);
    assert.equal(types.filter((type) => type === 'attestation-manifest').length, 2);
    assert.equal(annotations?.['org.example.team'], 'orders');
  });

  it('takes every step of both platforms from the cache on two daemons that have never built it', async () => {
    const { run, step } = await build('fresh-');
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, new RegExp(`^User steps cached: ${userSteps} of ${userSteps} `, 'm'));
    assert.equal(step.outputVariables['cacheShare'], '100');
  });

  it('keeps what plain buildx loses: there the nodes write over one another', async () => {
    const { host } = playground.registry('main');
    const context = await mkdtemp(join(folder, 'plain-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(context, name), text);
    const environment = { ...playground.environment, BUILDX_CONFIG: join(folder, 'plain-store') };
    const buildx = toolPath('buildx');
    const attach = async (builder: string, prefix: string): Promise<void> => {
      for (const [at, arch] of ['amd64', 'arm64'].entries()) {
        const { address } = playground.builder(`${prefix}${arch}`);
        const append = at === 0 ? [] : ['--append'];
        const node = ['--node', arch, '--platform', `linux/${arch}`, '--driver', 'remote', address];
        await mustRun([buildx, 'create', '--name', builder, ...append, ...node], environment);
      }
    };
    const plain = (builder: string): Promise<string> =>
      mustRun(
        [
          ...([buildx, 'build', '--builder', builder, '--progress=plain'] as const),
          ...['--platform', 'linux/amd64,linux/arm64', '--tag', `${host}/plain:1`, '--push'],
          ...['--cache-from', `type=registry,ref=${host}/plain-cache:1`],
          ...['--cache-to', `type=registry,ref=${host}/plain-cache:1,mode=max`, context],
        ],
        environment,
        120_000,
      );
    await attach('one', 'plain-');
    await plain('one');
    for (const arch of ['amd64', 'arm64']) {
      const builder = playground.builder(`plain-${arch}`);
      const endpoint = ['--addr', builder.address];
      await mustRun([toolPath('buildctl'), ...endpoint, 'prune', '--all'], environment);
    }
    const output = await plain('one');
    const cached = cachedSteps(output);
    const counts = [...cached.values()].sort((one, other) => one - other);
    const told = `user steps cached: ${JSON.stringify([...cached])}\n${output}`;
    assert.deepEqual([...cached.keys()].sort(), ['linux/amd64', 'linux/arm64'], told);
    assert.equal(counts[1], userSteps / 2, `the node that wrote last has all: ${told}`);
    assert.ok((counts[0] ?? 0) < userSteps / 2, `the other one has not: ${told}`);
  });

  it('ends the build for one platform when that for the other fails, and tells of the failure alone', async () => {
    const started = Date.now();
    const { run, step } = await build('', { dockerfile: 'failing.Dockerfile', retries: '2' });
    assert.equal(run.exitCode, 1);
    const errors = step.issues.filter(({ type }) => type === 'error');
    assert.equal(errors.length, 1, run.output);
    assert.match(
      errors[0]?.['message'] ?? '',
      /failed with exit code 3 \(step 2\/2, linux\/arm64\)/,
    );
    assert.ok(Date.now() - started < 55_000, 'the other build would have taken a minute');
  });
});

/** Cached user steps by platform, of the output of `buildx build --progress=plain`. */
function cachedSteps(output: string): ReadonlyMap<string, number> {
  const ended = new Set([...output.matchAll(/^#(\d+) CACHED$/gm)].map(([, number]) => number));
  const steps = output.matchAll(/^#(\d+) \[(linux\/\w+) [^\]]+\] (?:RUN|COPY) /gm);
  const platforms = new Map<string, Set<string>>();
  for (const [, number = '', platform = ''] of steps) {
    const own = platforms.get(platform) ?? new Set();
    platforms.set(platform, ended.has(number) ? own.add(number) : own);
  }
  return new Map([...platforms].map(([platform, cached]) => [platform, cached.size]));
}
