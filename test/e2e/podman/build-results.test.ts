import assert from 'node:assert/strict';
import type { Playground } from '../../../scripts/lib/playground/options.ts';
import { type BuildJob, type BuildJobRun, runBuildJob } from '../../support/build-job.ts';
import { type Ground, startGround } from '../../support/ground.ts';

const files = {
  'app.txt': 'hello from the image\n',
  Dockerfile:
    'FROM busybox:1\nRUN date +%N > /when\nCOPY app.txt /app.txt\nCMD ["cat", "/app.txt"]\n',
  'steady.Dockerfile': 'FROM busybox:1\nRUN echo steady > /steady\nCOPY app.txt /app.txt\n',
};

/** Commits with a time of its own, as a checkout would have one. */
const commit = [
  'git init -q && git add -A',
  'GIT_COMMITTER_DATE=2024-05-01T00:00:00Z git -c user.name=t -c user.email=t@t commit -qm one --date 2024-05-01T00:00:00Z',
].join(' && ');

/** The local agent calls each run's repository by its folder, another one each time. */
const nameless = 'org.opencontainers.image.title=\norg.opencontainers.image.source=';

/** A file of an image in Podman's store; running it would need what this very machine's Podman needs. */
const shown = (name: string): string =>
  `made=$(podman create --pull=never ${name}) && podman cp "$made:/app.txt" - | tar -xO && podman rm "$made"`;

describe('what BuildxMultiArch leaves besides the registry', function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'first' }],
      registries: [{ name: 'plain' }],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  const build = async (job: Partial<BuildJob>): Promise<BuildJobRun> => {
    const attach = { endpoints: playground.builder('first').address };
    const { environment } = playground;
    const done = await runBuildJob({ files, inputs: {}, ...job, attach, environment });
    runs.push(done);
    return done;
  };

  it('is the pushed image in Podman, a layout, an archive and a size', async () => {
    const name = `${playground.registry('plain').host}/shop/orders`;
    const { run, step } = await build({
      inputs: {
        repository: name,
        tags: '1, latest',
        platforms: 'linux/amd64, linux/arm64',
        strategy: 'single',
        load: 'podman',
        ociLayout: 'out/layout',
        tarFile: 'out/image, all.tar',
        compression: 'zstd',
        maxImageSize: 'warn: 1kB',
      },
      script: [
        shown(`${name}:latest`),
        `podman image inspect --format 'loaded {{.Id}}' ${name}:1`,
        'grep -o \'"imageLayoutVersion":"[0-9.]*"\' out/layout/oci-layout',
        'tar -tf "out/image, all.tar" | grep -x index.json',
      ].join('\n'),
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^hello from the image$/m);
    assert.match(run.output, /^"imageLayoutVersion":"1\.0\.0"$/m);
    assert.match(run.output, /^index\.json$/m);
    const [, id] = /^loaded ([0-9a-f]{64})$/m.exec(run.output) ?? [];
    assert.ok(
      id !== undefined && run.output.includes(`sha256:${id}, the very image that was pushed`),
    );
    assert.ok(Number(step.outputVariables['size']) > 100_000, JSON.stringify(step.outputVariables));
    assert.match(
      run.output,
      /##\[warning\]maxImageSize: The image is pushed, but larger than 1\.0 kB/,
    );
  });

  it('is the image in Podman alone when nothing is pushed, and a build past its budget fails', async () => {
    const name = `${playground.registry('plain').host}/shop/budget`;
    const local = await build({
      inputs: { repository: 'localhost/shop/local', push: false, load: 'podman' },
      script: shown('localhost/shop/local:$BUILD_BUILDID'),
    });
    assert.equal(local.run.exitCode, 0, local.run.output);
    assert.match(local.run.output, /^hello from the image$/m);
    const large = await build({ inputs: { repository: name, maxImageSize: '1kB' } });
    assert.equal(large.step.result, 'Failed', large.run.output);
    assert.match(
      large.step.issues[0]?.['message'] ?? '',
      /^maxImageSize: The image is pushed, but larger/,
    );
    assert.match(large.step.outputVariables['digest'] ?? '', /^sha256:/);
  });

  it('is the same image from every build of one commit, when it is to be reproducible', async () => {
    const reproduce = (tag: string): Promise<BuildJobRun> =>
      build({
        before: [{ script: commit }],
        inputs: {
          repository: `${playground.registry('plain').host}/shop/steady`,
          tags: tag,
          dockerfile: 'steady.Dockerfile',
          reproducible: true,
          noCache: true,
          provenance: 'none',
          ...{ labels: nameless, annotations: nameless },
        },
      });
    const first = await reproduce('a');
    const second = await reproduce('b');
    assert.equal(first.run.exitCode, 0, first.run.output);
    assert.equal(second.step.outputVariables['digest'], first.step.outputVariables['digest']);
  });

  it('is the folder of files that a stage made', async () => {
    const { run } = await build({
      inputs: { push: false, localFolder: '$(Build.ArtifactStagingDirectory)/files' },
      script: 'cat "$BUILD_ARTIFACTSTAGINGDIRECTORY/files/app.txt"',
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^hello from the image$/m);
    assert.match(run.output, /files written to .*\/files/);
  });
});
