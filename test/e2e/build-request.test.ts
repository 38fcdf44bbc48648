import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJob, type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { GitDaemon } from '../support/git-daemon.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { filesHolding } from '../support/search-files.ts';

const pipConfig = '[global]\nindex-url = https://ci:s3cret-of-the-file@packages.test/simple\n';

/** Each step fails unless it got what the inputs asked for. */
const demanding = `FROM busybox:1 AS fresh
RUN cat /proc/sys/kernel/random/uuid > /fresh

FROM busybox:1
COPY --from=shared lib.txt /lib.txt
COPY --from=fresh /fresh /fresh
RUN <<EOT
  set -e
  grep -q "^10.1.2.3.registry.test" /etc/hosts
  test "$(ulimit -n)" = 4321
  df -k /dev/shm | grep -q " 131072 "
EOT
RUN --mount=type=ssh,id=git,required=true test -S "$SSH_AUTH_SOCK"
RUN --mount=type=secret,id=pip,required=true grep -q packages.test /run/secrets/pip
`;

describe('the inputs of BuildxMultiArch on a real daemon', function () {
  this.timeout(240_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let key: string;
  const runs: BuildJobRun[] = [];

  before(async () => {
    key = generateKeyPairSync('ed25519').privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string;
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'first' }],
      registries: [],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  const build = async (job: Partial<BuildJob>): Promise<BuildJobRun> => {
    const inputs = { push: false, ...job.inputs };
    const attach = { endpoints: playground.builder('first').address };
    const { environment } = playground;
    const done = await runBuildJob({ files: {}, ...job, attach, environment, inputs });
    runs.push(done);
    return done;
  };

  it('reach the steps: contexts, options, keys and secure files', async () => {
    const { run, step } = await build({
      before: ['deploy_key', 'pip.conf'].map((secureFile) => ({
        task: 'DownloadSecureFile@1',
        inputs: { secureFile },
      })),
      inputs: {
        dockerfileInline: demanding,
        buildContexts: 'shared=libs/shared',
        addHosts: 'registry.test=10.1.2.3',
        ulimits: 'nofile=4321:4321',
        shmSize: '128m',
        noCacheStages: 'fresh',
        ssh: 'git=secureFile:deploy_key',
        secrets: 'pip=secureFile:pip.conf',
      },
      files: {
        'libs/shared/lib.txt': 'shared\n',
        deploy_key: key,
        'pip.conf': pipConfig,
      },
      secureFiles: { deploy_key: 'deploy_key', 'pip.conf': 'pip.conf' },
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(step.result, 'Succeeded');
    const [, secretLine = ''] = key.split('\n');
    assert.ok(!run.output.includes(secretLine) && !run.output.includes('s3cret-of-the-file'));
    const left = await filesHolding(run.workFolder, [secretLine, 's3cret-of-the-file']);
    assert.deepEqual(
      left.filter((path) => !path.startsWith(join(run.workFolder, '1', 's'))),
      [],
    );
  });

  it('may name a Git repository, of which the daemon takes what is pushed', async () => {
    const git = await GitDaemon.start(join(folder, 'git'), {
      'app/Dockerfile': 'FROM busybox:1\nCOPY pushed.txt /\n',
      'app/pushed.txt': 'pushed\n',
    });
    try {
      const context = `${git.url}#main:app`;
      const { run } = await build({
        inputs: { context, localFolder: 'out' },
        script: 'cat out/pushed.txt',
      });
      assert.equal(run.exitCode, 0, run.output);
      assert.match(run.output, /^pushed$/m);
      assert.match(run.output, /##\[warning\]context: the daemon fetches git:.* is not in it/);
    } finally {
      await git.stop();
    }
  });

  it('with mistakes are refused together, before anything starts', async () => {
    const { run, step } = await build({
      inputs: {
        dockerfile: '**/Dockerfile.prd',
        tags: 'two words',
        platforms: 'linux/amd46',
        addHosts: 'h=host-gateway',
        secrets: 'a=secureFile:a.pem',
        ssh: 'default=file:README.md',
        maxImageSize: '1GB',
      },
      files: { 'api/Dockerfile.prod': 'FROM busybox:1\n', 'README.md': 'read\n' },
    });
    assert.equal(run.exitCode, 1);
    const told = step.issues.map(({ message }) => message ?? '');
    assert.deepEqual(
      told.map((message) => message.split(':')[0]).sort(),
      ['addHosts', 'dockerfile', 'maxImageSize', 'platforms', 'secrets', 'ssh', 'tags'],
      told.join('\n'),
    );
    assert.match(told.join('\n'), /Did you mean api\/Dockerfile\.prod\?/);
    assert.doesNotMatch(run.output, /--progress=/);
  });

  it('that the daemon does not permit are answered with the setting of the daemon', async () => {
    const { step } = await build({
      inputs: {
        dockerfileInline: 'FROM busybox:1\nRUN --security=insecure id',
        allow: 'security.insecure',
      },
    });
    assert.match(
      step.issues.map(({ message }) => message).join('\n'),
      /security\.insecure is not allowed by build daemon configuration.*insecure-entitlements/,
    );
    const missing = await build({
      inputs: { dockerfileInline: 'FROM busybox:1\nRUN --network=host id' },
    });
    assert.match(
      missing.step.issues.map(({ message }) => message).join('\n'),
      /network\.host is not allowed.*Add it to "allow"/,
    );
  });
});
