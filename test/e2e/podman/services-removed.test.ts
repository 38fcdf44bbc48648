import assert from 'node:assert/strict';
import { mustRun } from '../../support/run-tool.ts';
import { runBundledJob } from '../../support/services-bundle.ts';
import { type ServicesGround, leave, startServicesGround } from '../../support/services-ground.ts';

describe('The post-job step of PodmanServices', function () {
  this.timeout(180_000);
  let ground: ServicesGround;

  before(async () => {
    ground = await startServicesGround('root');
  });

  after(() => leave(ground));

  const podman = (...args: string[]): Promise<string> =>
    mustRun(['podman', ...args], ground.playground.environment);

  async function start(id: string, service: object) {
    const compose = { services: { one: { image: 'busybox:1', ...service } } };
    const step = await runBundledJob(ground, { id, compose });
    assert.equal(step.main.exitCode, 0, step.main.output);
    const name = /variable=one\.container;[^\]]*\](\S+)/.exec(step.main.output)?.[1] ?? '';
    return { step, name, project: name.slice(0, -'-one'.length) };
  }

  it('removes what carries its label, also when a complete record does not name it, and nothing else', async () => {
    const { step, project } = await start('label', { command: 'sleep 1000' });
    const label = ['--label', `com.docker.compose.project=${project}`];
    await podman('network', 'create', ...label, 'more');
    await podman('volume', 'create', ...label, 'more');
    await podman('create', ...label, '--name', 'more', '--network', 'more', 'busybox:1');
    await podman('volume', 'create', '--label', `com.docker.compose.project=${project}2`, 'other');
    const post = await step.post('Succeeded');
    assert.equal(post.exitCode, 0, post.output);
    assert.deepEqual(await ground.left(), ['other'], post.output);
    await podman('volume', 'rm', 'other');
  });

  it('says that a service has ended after it was ready, however it was started', async () => {
    for (const [id, keys] of [
      ['plain', { healthcheck: { test: 'true' } }],
      ['with a port', { ports: ['80'] }],
    ] as const) {
      const { step, name } = await start(id, { command: 'sleep 1000', ...keys });
      await podman('kill', name);
      const post = await step.post('Succeeded');
      assert.match(post.output, /Service one ended at .* after it was ready: exited/);
      assert.deepEqual(await ground.left(), [], post.output);
    }
  });
});
