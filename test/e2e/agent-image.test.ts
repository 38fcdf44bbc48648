import assert from 'node:assert/strict';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pushedImage } from '../../scripts/lib/demo/pushed-image.ts';
import { type AgentContainer, pullImage, startContainer } from '../support/agent-container.ts';
import { type ImageGround, startImageGround } from '../support/agent-image-ground.ts';
import { type AgentPool, startAgentPool } from '../support/agent-pool.ts';

const token = 'pat-that-nobody-may-see';
const orders = '/azp/agent/order';

describe("the agents' own image", function () {
  this.timeout(900_000);
  let ground: ImageGround;
  let pool: AgentPool;
  let image: string;

  before(async () => {
    ground = await startImageGround();
    pool = await startAgentPool();
    const { exitCode, output } = await ground.build();
    assert.equal(exitCode, 0, output);
    image = await pullImage(ground);
  });

  after(async () => {
    pool.close();
    await ground.remove();
  });

  it("is built for both architectures by the example's pipeline, unchanged", async () => {
    const { host } = ground.playground.registry('ci');
    const pushed = await pushedImage(
      host,
      'ci/azure-pipelines-agent',
      'latest',
      ground.credentials,
    );
    assert.deepEqual([...pushed.platforms].sort(), ['linux/amd64', 'linux/arm64']);
  });

  /** As the chart: Secrets are mounted folders, everything else is the environment. */
  const start = async (options: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const secret = join(ground.folder, 'azp');
    await mkdir(secret, { recursive: true });
    await writeFile(join(secret, 'token'), token);
    const environment = {
      ...{ AZP_URL: pool.url, AZP_AGENT_NAME: 'agent-1' },
      AZP_TOKEN_FILE: '/run/secrets/azp/token',
      BUILDKIT_HOST: ground.playground.builder('ci').address,
      DAEMONLESS_CA_CERT: '/run/secrets/buildkit/ca.crt',
      DAEMONLESS_CLIENT_CERT: '/run/secrets/buildkit/tls.crt',
      DAEMONLESS_CLIENT_KEY: '/run/secrets/buildkit/tls.key',
      ...more,
    };
    const mounts = [
      ...['--volume', `${secret}:/run/secrets/azp:ro`],
      ...['--volume', `${await ground.certificates()}:/run/secrets/buildkit:ro`],
    ];
    return startContainer(ground, image, environment, [...mounts, ...options]);
  };

  describe('as a container of a plain user', () => {
    let container: AgentContainer;

    before(async () => {
      container = await start([], { AZP_PODMAN: 'none' });
      await container.says(/^Listening for Jobs/m);
    });

    after(() => container.remove());

    it('is attached to BuildKit, and tells its pool what it can do', async () => {
      const told = pool.agents[0]?.capabilities ?? [];
      for (const line of [/^arch=/, /^buildkit=0\.32\.2$/, /^buildx=0\.36\.1$/]) {
        assert.ok(
          told.some((capability) => line.test(capability)),
          `${String(line)} in ${told.join('; ')}\n${await container.log()}`,
        );
      }
      assert.ok(told.some((line) => /^buildkit\.platforms=.*linux\/arm64/.test(line)));
      assert.ok(!told.some((line) => line.startsWith('podman')));
    });

    it('has what jobs need', async () => {
      const programs =
        'git curl jq tar zip unzip ssh podman crun runc buildx buildctl skopeo pasta';
      await container.shell(`for program in ${programs}; do command -v "$program"; done`);
      assert.match(await container.shell('buildctl --version'), /v0\.32\.2/);
      assert.equal(
        await container.shell('id -un; stat -c %U /azp/agent/config.sh'),
        'agent\nagent',
      );
    });

    it('builds in a job, with no step for it', async () => {
      await container.shell(`touch ${orders}/job`);
      await container.says(/^Running job$/m);
      const output = await container.shell(`
        set -a; . <(grep ^BUILDX_ ${orders}/job-environment); set +a
        cd "$(mktemp -d)"; printf 'FROM scratch\\nCOPY Dockerfile /\\n' >Dockerfile
        buildx build --output type=local,dest=out . 2>&1; cat out/Dockerfile`);
      assert.match(output, /^FROM scratch$/m);
    });

    it('shows its secret in no environment, no argument, and to nobody who inspects it', async () => {
      const seen = await container.shell(
        "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n'",
        'root',
      );
      assert.match(seen, /Agent\.Worker/);
      for (const text of [seen, await container.inspect(), await container.log()]) {
        assert.ok(!text.includes(token));
      }
      const job = await container.shell(`cat ${orders}/job-environment`);
      assert.doesNotMatch(job, /^(AZP_|DAEMONLESS_|AZURE_)/m);
    });

    it('lets the job end on SIGTERM, unregisters, and ends with 0', async () => {
      const stopped = container.stop();
      await container.says(/waiting up to 3600 s for the running job/);
      await container.shell(`rm ${orders}/job`);
      assert.equal(await stopped, 0, await container.log());
      assert.deepEqual(pool.agents, []);
      assert.deepEqual(
        [...new Set(pool.calls)],
        ['GET', 'POST', 'DELETE'].map((call) => `${call} :${token}`),
      );
    });
  });

  /** Podman in Podman; the cures are what PodmanServices finds out by itself on such a machine. */
  const runsContainers = async (user: string, storage: string, options: readonly string[]) => {
    const volume = join(ground.folder, `storage-${user}`);
    await mkdir(volume);
    await chown(volume, Number(user), Number(user));
    const container = await start(['--user', user, '--volume', `${volume}:${storage}`, ...options]);
    try {
      await container.says(/^Listening for Jobs/m);
      const told = pool.agents[0]?.capabilities.find((line) => line.startsWith('podman='));
      assert.match(told ?? '', /^podman=\d/, await container.log());
      const cures =
        '--tls-verify=false --network host --cgroups disabled --ulimit nofile=1024:1024';
      const busybox = `${ground.playground.mirrorHost}/library/busybox:1`;
      const run = `podman run --rm ${cures} --ulimit nproc=1024:1024 ${busybox} echo inside`;
      assert.match(await container.shell(run), /^inside$/m);
      assert.equal(await container.stop(), 0);
    } finally {
      await container.remove();
    }
  };

  it('runs containers in a job where the pod may: root, privileged', () =>
    runsContainers('0', '/var/lib/containers', ['--privileged']));

  it('runs containers in a job where the pod may: plain user, nothing confined', () =>
    runsContainers('1000', '/home/agent/.local/share/containers', [
      ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'unmask=ALL'],
      ...['--device', '/dev/fuse', '--device', '/dev/net/tun'],
    ]));
});
