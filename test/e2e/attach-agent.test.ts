import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { bundleCli } from '../../scripts/lib/build/bundle-cli.ts';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { startMirror } from '../support/release-mirror.ts';
import { runPipeline } from '../support/run-pipeline.ts';

const scratch = 'printf "FROM scratch\\nCOPY Dockerfile /\\n" > Dockerfile';
const build = 'buildx build --output type=local,dest=out . && cat out/Dockerfile';

describe('an agent and a real daemon', function () {
  this.timeout(180_000);
  let folder: string;
  let playground: Playground;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attach-agent-'));
    await Promise.all([builtTasks(), bundleCli(process.cwd())]);
    playground = await startPlayground({
      stateDir: join(folder, 'playground'),
      builders: [{ name: 'plain' }, { name: 'secure', tls: true }],
      registries: [],
    });
  });

  after(async () => {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (name: string, args: readonly string[], BUILDKIT_HOST = '') => {
    const root = join(folder, name);
    await mkdir(root, { recursive: true });
    const program = join(process.cwd(), 'cli', 'dist', 'daemonless.cjs');
    const options = ['attach', '--state-folder', join(root, 'state'), ...args];
    const { exitCode, all } = await execa(process.execPath, [program, ...options], {
      ...{ cwd: root, all: true, reject: false },
      env: { ...playground.environment, BUILDKIT_HOST },
    });
    const read = (file: string) => readFile(join(root, file), 'utf8');
    return { exitCode, output: all, read, root };
  };

  it('are attached at the start, and a script builds with what .env says', async () => {
    const { address } = playground.builder('plain');
    const { exitCode, output, read, root } = await start('plain', [], address);
    assert.equal(exitCode, 0, output);
    assert.match(
      await read('.capabilities'),
      /^buildkit=0\.32\.2\nbuildkit\.platforms=linux\/\S+\nbuildx=0\.36\.1\npodman=\d/,
    );
    const script = `set -a; . ./.env; set +a; ${scratch} && ${build}`;
    const env = playground.environment;
    const { stdout } = await execa('bash', ['-ec', script], { cwd: root, env });
    assert.match(stdout, /^FROM scratch$/m);
  });

  it('stay attached when the agent starts again', async () => {
    const { address } = playground.builder('plain');
    const first = await start('twice', [], address);
    const settings = await first.read('.env');
    const { output, read } = await start('twice', [], address);
    assert.match(output, /is there already, with these very nodes/);
    assert.equal(await read('.env'), settings);
  });

  it('are attached over mutual TLS with mounted files', async () => {
    const { address, certificates } = playground.builder('secure');
    assert.ok(certificates);
    const { ca, cert, key } = certificates;
    const tls = ['--ca-cert', ca, '--client-cert', cert, '--client-key', key];
    const { exitCode, output, read } = await start('tls', ['--endpoints', address, ...tls]);
    assert.equal(exitCode, 0, output);
    assert.match(await read('.capabilities'), /^buildkit=/m);
  });

  it('keep an agent from starting only when that is asked for', async () => {
    const dead = ['--endpoints', 'tcp://127.0.0.1:1', '--connect-timeout', '0'];
    const started = await start('dead', dead);
    assert.equal(started.exitCode, 0);
    assert.match(
      started.output,
      /^warning: --endpoints: Nothing listens at tcp:\/\/127\.0\.0\.1:1/m,
    );
    assert.doesNotMatch(await started.read('.capabilities'), /buildkit/);
    assert.equal((await start('dead', [...dead, '--strict'])).exitCode, 1);
  });

  it('are given up after the time limit, whatever it waits for', async () => {
    const dead = ['--endpoints', 'tcp://127.0.0.1:1', '--time-limit', '2'];
    const begin = performance.now();
    const { exitCode, output } = await start('late', dead);
    assert.ok(performance.now() - begin < 10_000);
    assert.equal(exitCode, 0);
    assert.match(output, /Not attached within 2 s/);
  });

  it('have the very buildx in later steps, from a mirror, when there is none', async () => {
    const mirror = await startMirror('well');
    try {
      const digest = createHash('sha256')
        .update(await readFile(toolPath('buildx')))
        .digest('hex');
      const inputs = {
        endpoints: playground.builder('plain').address,
        buildxVersion: `0.36.1@sha256:${digest}`,
        buildxSource: mirror.url,
      };
      const pipeline = stringify({
        steps: [
          { checkout: 'none' },
          { task: 'SetupBuildkitBuilder@1', inputs },
          { bash: `set -e; command -v buildx; ${scratch}; ${build}` },
        ],
      });
      const environment = { ...playground.environment, PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
      const { exitCode, output, remove } = await runPipeline({ pipeline, environment });
      await remove();
      assert.equal(exitCode, 0, output);
      assert.match(
        output,
        /^Installed buildx 0\.36\.1 at .*\(65\.\d MB in .*SHA-256 is right\)\.$/m,
      );
      assert.match(output, /^\/\S+\/buildx\/0\.36\.1\/(x64|arm64)\/buildx$/m);
      assert.match(output, /^FROM scratch$/m);
    } finally {
      mirror.close();
    }
  });
});

describe("buildx's Kubernetes driver, without a cluster", function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubernetes-driver-'));
    await builtTasks();
    const [cluster, user] = [{ server: 'https://127.0.0.1:1' }, { token: 'none' }];
    const config = {
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'c' },
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    };
    await writeFile(join(folder, 'kubeconfig'), stringify(config));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const inputs = {
    ...{ driver: 'kubernetes', namespace: 'ci', replicas: 2, rootless: true, volumeSize: '50Gi' },
    ...{ requests: 'cpu=500m\nmemory=4Gi', limits: 'memory=8Gi\nephemeral-storage=20Gi' },
    nodeSelector: 'kubernetes.io/arch=arm64\npool=build',
    tolerations: 'key=ci,operator=Equal,value=build,effect=NoSchedule\noperator=Exists',
    ...{ image: 'my.azurecr.io/moby/buildkit:v0.32.2', builderName: 'ci', connectTimeout: 5 },
  };
  const run = async (given: object) => {
    const pipeline = stringify({
      steps: [{ checkout: 'none' }, { task: 'SetupBuildkitBuilder@1', inputs: given }],
    });
    const PATH = `${join(toolPath('buildx'), '..')}:${process.env['PATH'] ?? ''}`;
    const environment = { PATH, KUBECONFIG: join(folder, 'kubeconfig') };
    const made = await runPipeline({ pipeline, environment });
    await made.remove();
    return made;
  };

  it('accepts every option that we give it, and fails at the cluster alone', async () => {
    const { exitCode, output } = await run(inputs);
    assert.notEqual(exitCode, 0);
    assert.match(output, /buildx create --name ci --node ci --driver kubernetes /);
    assert.match(output, /booting buildkit/);
    assert.match(output, /##\[error\].*buildx inspect --bootstrap ci: exit code 1/s);
    assert.match(output, /dial tcp 127\.0\.0\.1:1: connect: connection refused/);
    assert.match(output, /create deployments and use pods\/exec/);
    assert.match(output, /Removed builder ci/);
  });

  it('warns of pods that it cannot delete after the job', async () => {
    const { output } = await run({ driver: 'kubernetes', connectTimeout: 5 });
    assert.match(output, /kubectl delete deployment,statefulset daemonless-/);
  });

  it('is only told in a dry run', async () => {
    const { exitCode, output } = await run({ ...inputs, dryRun: true });
    assert.equal(exitCode, 0, output);
    assert.match(output, /--driver-opt persistent-volume-claim\.requests\.storage=50Gi/);
    assert.match(output, /leave the pods to the next/);
  });

  it('tells inputs of the other driver, all at once', async () => {
    const { output } = await run({ ...inputs, endpoints: 'tcp://a:1', caCert: '/ca', replicas: 0 });
    for (const name of ['endpoints', 'caCert', 'replicas']) {
      assert.match(output, new RegExp(`##\\[error\\]${name}: `));
    }
    const remote = await run({
      endpoints: 'tcp://127.0.0.1:1',
      namespace: 'ci',
      connectTimeout: 0,
    });
    assert.match(remote.output, /##\[error\]namespace: This input belongs to driver kubernetes/);
  });
});
