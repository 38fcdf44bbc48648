import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJob, type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { type Ground, startGround } from '../support/ground.ts';

const bakeFile = `
variable "DEBUG" {}
target "default" {
  dockerfile-inline = "FROM busybox:1"
}
target "debug" {
  dockerfile = "debug.Dockerfile"
  args = { DEBUG = DEBUG }
}
`;

const files = {
  'docker-bake.hcl': bakeFile,
  'debug.Dockerfile': 'FROM busybox:1\nARG DEBUG\nRUN echo "debugs $DEBUG" && exit 3\n',
};

describe('The bake file of BuildxMultiArch', function () {
  this.timeout(300_000);
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'first' }],
      registries: [],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  async function bake(
    inputs: BuildJob['inputs'],
    more: Partial<BuildJob> = {},
  ): Promise<BuildJobRun> {
    const done = await runBuildJob({
      attach: { endpoints: playground.builder('first').address },
      inputs: { bakeFile: 'docker-bake.hcl', push: false, ...inputs },
      files,
      environment: playground.environment,
      ...more,
    });
    runs.push(done);
    return done;
  }

  it('is given a variable DEBUG as it is, which buildx would take for a switch of its own', async () => {
    const stack = /runtime\.goexit|\.go:\d+|level=debug/;
    const environment = { ...playground.environment, DEBUG: 'the app' };
    const failed = await bake({ bakeTargets: 'debug' }, { environment });
    assert.match(failed.run.output, /debugs the app/);
    assert.match(failed.run.output, /exit code 3/);
    assert.doesNotMatch(failed.run.output, stack);
    const unread = await bake({ bakeTargets: 'debgu' }, { environment });
    assert.match(unread.run.output, /Did you mean debug\?/);
    assert.doesNotMatch(unread.run.output, stack);
  });

  it('serves the key of the input in place of the agent that the file asks for', async () => {
    const dockerfile = 'FROM busybox:1\\nRUN --mount=type=ssh,required=true true\\n';
    const hcl = `target "default" {\n  dockerfile-inline = "${dockerfile}"\n  ssh = ["default"]\n}\n`;
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const files = { 'docker-bake.hcl': hcl, 'key.pem': key };
    const { run } = await bake({ ssh: 'default=file:key.pem' }, { files });
    assert.equal(run.exitCode, 0, run.output);
    const environment = { ...playground.environment, SSH_AUTH_SOCK: '' };
    const { step } = await bake({}, { files, environment });
    assert.match(step.issues.map(({ message }) => message).join('\n'), /the input "ssh"/);
  });

  it('refuses all inputs that a bake file says for itself, and mistakes of the file', async () => {
    const all = {
      target: 'x',
      context: 'api',
      load: 'podman',
      repository: `localhost:5000/a`,
      tags: 'v1',
    };
    const { step } = await bake({ ...all, bakeFile: 'docker-bak.hcl' });
    const told = step.issues.map(({ message }) => message ?? '');
    assert.deepEqual(
      told.map((message) => message.split(':')[0]).sort(),
      ['bakeFile', 'context', 'load', 'repository', 'tags', 'target'],
      told.join('\n'),
    );
    assert.match(told.join('\n'), /Did you mean docker-bake\.hcl\?/);
    const broken = await bake(
      {},
      {
        files: { 'docker-bake.hcl': 'target "a" {\n  context = \n}\n' },
      },
    );
    const [issue] = broken.step.issues.filter(({ type }) => type === 'error');
    assert.match(JSON.stringify(issue), /docker-bake\.hcl/);
  });
});
