import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { clusterObstacle } from '../../scripts/lib/cluster/obstacle.ts';
import { waitFor } from '../../scripts/lib/cluster/wait-for.ts';
import { architectures } from '../../scripts/lib/toolchain/architecture.ts';
import { builtTasks } from '../support/built-tasks.ts';
import {
  buildInCluster,
  type ClusterBuild,
  connectionTo,
  startGate,
} from '../support/cluster-build.ts';
import { type ClusterGround, namespace, startClusterGround } from '../support/cluster-ground.ts';
import { clusterTraces } from '../support/cluster-traces.ts';

const dockerfile = `FROM busybox:1
RUN echo "built on $(uname -m)" > /built-on
CMD ["cat", "/built-on"]
`;

const machine = architectures().native === 'amd64' ? 'x86_64' : 'aarch64';
const pool = 'statefulset/ci-buildkit-pool';

function say(line: string): void {
  process.stdout.write(`      ${line}\n`);
}

describe('The chart in a real cluster', function () {
  this.timeout(300_000);
  let ground: ClusterGround;
  let connection: object;
  let first: ClusterBuild;
  let stop = (): Promise<void> => Promise.resolve();

  before(async function () {
    const obstacle = await clusterObstacle();
    if (obstacle !== undefined) {
      say(obstacle);
      this.skip();
    }
    const bundling = builtTasks();
    ground = await startClusterGround(say);
    stop = () => ground.stop();
    await bundling;
    connection = await connectionTo(ground);
  });

  after(() => stop());

  const kubectl = (...args: string[]): Promise<string> =>
    ground.cluster.kubectl(['--namespace', namespace, ...args], 120);
  const rolledOut = (): Promise<string> => kubectl('rollout', 'status', pool, '--timeout=110s');
  const build = (text = dockerfile): Promise<ClusterBuild> =>
    buildInCluster(ground, connection, { dockerfile: text, platforms: ground.platforms });

  it('attaches an agent to one of two replicas by mutual TLS, and pushes to the registry of the cluster', async () => {
    first = await build();
    assert.equal(first.exitCode, 0, first.output);
    assert.match(first.output, /is ci-buildkit-pool-[01]\.\S+, rank 1 of 2: this repository/);
    assert.equal(
      Object.keys(JSON.parse(first.image['digests'] ?? '{}') as object).length,
      ground.platforms.length,
    );
  });

  it('has built what the cluster itself can run', async () => {
    const image = `--image=${ground.registry}/shop/orders:1`;
    await ground.cluster.kubectl(['run', 'orders', image, '--restart=Never']);
    const done = ['wait', '--for=jsonpath={.status.phase}=Succeeded', '--timeout=60s'];
    await ground.cluster.kubectl([...done, 'pod/orders'], 65);
    const log = await ground.cluster.kubectl(['logs', 'orders']);
    assert.equal(log.trim(), `built on ${machine}`);
  });

  it('passes its own test: helm test', async () => {
    const output = await ground.helm('test', 'ci', '--namespace', namespace, '--logs');
    assert.match(output, /ci-buildkit-pool-0\S+: pulled and ran it/);
    assert.match(output, /all daemons passed in \d+ s/);
  });

  it('lets a build end that runs while all replicas are replaced', async () => {
    const gate = await startGate(ground.cluster.hostAddress);
    try {
      const text = `FROM busybox:1\nADD ${gate.url} /gate\nRUN cat /gate > /after\n`;
      const building = buildInCluster(ground, connection, {
        ...{ dockerfile: text, platforms: ground.platforms.slice(0, 1) },
      });
      await Promise.race([
        gate.reached,
        building.then(({ output }) => Promise.reject(new Error(output))),
      ]);
      await kubectl('rollout', 'restart', pool);
      const pod = first.builder['replica']?.split('.')[0] ?? '';
      await waitFor(`the end of ${pod} to be asked for`, 90, async () => {
        const stamp = '--output=jsonpath={.metadata.deletionTimestamp}';
        return (await kubectl('get', 'pod', pod, stamp)) !== '';
      });
      gate.open();
      const { exitCode, output } = await building;
      assert.equal(exitCode, 0, output);
      await rolledOut();
    } finally {
      gate.close();
    }
  });

  it('keeps its cache when a pod is deleted', async () => {
    const pod = first.builder['replica']?.split('.')[0] ?? '';
    await kubectl('delete', 'pod', pod, '--timeout=60s');
    await rolledOut();
    const { exitCode, output, builder } = await build();
    assert.equal(exitCode, 0, output);
    assert.equal(builder['replica'], first.builder['replica']);
    assert.match(output, /User steps cached: (\d+) of \1 \(100 %\)/);
  });

  it('goes on with the same client when the certificates are made anew', async () => {
    const renewed = ['--reuse-values', '--set', 'buildkit.tls.revision=2', '--wait'];
    const certificate = [
      'get',
      'secret',
      'ci-buildkit-server',
      '--output=jsonpath={.data.tls\\.crt}',
    ];
    const before = await kubectl(...certificate);
    await ground.helm('upgrade', 'ci', 'deploy/chart', '--namespace', namespace, ...renewed);
    assert.notEqual(await kubectl(...certificate), before);
    await rolledOut();
    const { exitCode, output } = await build();
    assert.equal(exitCode, 0, output);
  });

  it('is uninstalled with all but the caches', async () => {
    await ground.helm('uninstall', 'ci', '--namespace', namespace, '--wait');
    // Helm does not wait for pods, and these drain first.
    const daemons = '--selector=app.kubernetes.io/component=buildkit';
    await kubectl('wait', '--for=delete', 'pod', daemons, '--timeout=100s');
    const kinds = 'pods,statefulsets,services,configmaps,secrets,poddisruptionbudgets,claims';
    const left = await kubectl(
      'get',
      kinds.replace('claims', 'persistentvolumeclaims'),
      '--output=name',
    );
    // What belongs to a test stays with Helm, so that its log can be read.
    const names = left.split('\n').filter((name) => /\/(cache-)?ci-(?!test)/.test(name));
    assert.deepEqual(
      names.sort(),
      [0, 1].map((at) => `persistentvolumeclaim/cache-ci-buildkit-pool-${at}`),
    );
  });

  it('leaves nothing on the machine', async () => {
    await ground.stop();
    assert.deepEqual(clusterTraces(), []);
  });
});
