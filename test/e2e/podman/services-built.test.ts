import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { Playground } from '../../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../../support/ground.ts';
import { type PipelineRun, runPipeline } from '../../support/run-pipeline.ts';
import { podmanObjects } from '../../support/services-job.ts';

/** As people have it at their desks: the image is built from the folder above. */
const compose = {
  services: {
    app: {
      build: '..',
      image: '${APP_IMAGE}',
      env_file: ['app.env'],
      command: ['cat', '/app.txt', '/extra/more.txt'],
      volumes: ['./extra:/extra:ro'],
    },
  },
};

describe('a compose file with build', function () {
  this.timeout(180_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let run: PipelineRun | undefined;

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'first' }],
      registries: [],
    }));
  });

  after(async () => {
    await run?.remove();
    await remove();
  });

  it('runs the image of the step before, which no registry has; its paths begin at its own folder', async () => {
    run = await runPipeline({
      environment: playground.environment,
      files: {
        Dockerfile: 'FROM busybox:1\nCOPY app.txt /app.txt\n',
        'app.txt': 'built here\n',
        'deploy/compose.yaml': stringify(compose),
        'deploy/.env': 'APP_IMAGE=not/this\n',
        'deploy/app.env': 'A=1\n',
        'deploy/extra/more.txt': 'mounted from beside the file\n',
      },
      pipeline: stringify({
        steps: [
          {
            task: 'SetupBuildkitBuilder@1',
            inputs: { endpoints: playground.builder('first').address },
          },
          {
            task: 'BuildxMultiArch@1',
            inputs: { repository: 'localhost/shop/app', push: false, load: 'podman' },
          },
          {
            task: 'PodmanServices@1',
            inputs: {
              composeFile: 'deploy/compose.yaml',
              environment: 'APP_IMAGE=localhost/shop/app:$(Build.BuildId)',
              testService: 'app',
            },
          },
        ],
      }),
    });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^built here\nmounted from beside the file$/m);
    assert.match(
      run.output,
      /warning.*services\.app\.build has no effect: images are not built here/,
    );
    assert.deepEqual(await podmanObjects(playground), []);
  });
});
