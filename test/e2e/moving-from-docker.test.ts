import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';

const credentials = { username: 'ci', password: 'passw0rd-of-the-registry' };
const guide = 'docs/guides/moving-from-docker-task.md';

const files = {
  'app/Dockerfile': `FROM busybox:1
ARG COLOUR=none
COPY orders.txt /
RUN --mount=type=secret,id=mysecret echo "colour=$COLOUR secret=$(cat /run/secrets/mysecret 2>/dev/null | wc -c)"
`,
  'app/orders.txt': 'orders\n',
  'app/mysecret.txt': '0123456789',
};

describe("the pipelines of Docker@2's documentation, as our guide translates them", function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let pipelines: readonly string[];
  const runs: PipelineRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'first' }],
      registries: [
        { name: 'acr', credentials },
        { name: 'other', credentials },
      ],
    }));
    const blocks = (await readFile(guide, 'utf8')).matchAll(/^```yaml\n([\s\S]*?)^```/gm);
    pipelines = [...blocks].map(([, block = '']) => block);
    assert.equal(pipelines.length, 3);
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await remove();
  });

  /** The pipeline with the playground's addresses in place of the guide's. */
  async function runWritten(at: number): Promise<PipelineRun> {
    const [acr, other] = [playground.registry('acr').host, playground.registry('other').host];
    const pipeline = (pipelines[at] ?? '')
      .replaceAll('tcp://buildkitd.ci.svc.cluster.local:1234', playground.builder('first').address)
      .replaceAll('my.azurecr.io', acr)
      .replaceAll('other.example', other);
    const connection = (registry: string) => ({
      ...{ type: 'dockerregistry', scheme: 'UsernamePassword', url: `http://${registry}` },
      parameters: { registry, ...credentials },
    });
    const run = await runPipeline({
      pipeline,
      resources: stringify({
        variables: {},
        serviceConnections: { 'my-acr': connection(acr), 'other-registry': connection(other) },
      }),
      environment: playground.environment,
      files,
    });
    runs.push(run);
    assert.equal(run.exitCode, 0, run.output);
    return run;
  }

  const digestOf = async (registry: string, image: `${string}:${string}`): Promise<string> =>
    (await pushedIndex(playground.registry(registry), image, credentials)).digest;

  it('build and push with the old names of the inputs', async () => {
    await runWritten(0);
    assert.equal(
      await digestOf('acr', 'shop/orders:tag1'),
      await digestOf('acr', 'shop/orders:tag2'),
    );
  });

  it('push one image to several registries', async () => {
    const run = await runWritten(1);
    const build = run.steps.find(({ outputVariables }) => 'digest' in outputVariables);
    const tag = /shop\/orders:(\d+)/.exec(build?.outputVariables['tags'] ?? '')?.[1] ?? '';
    assert.equal(await digestOf('acr', `shop/orders:${tag}`), build?.outputVariables['digest']);
    assert.equal(await digestOf('other', `shop/orders:${tag}`), build?.outputVariables['digest']);
  });

  it('build with arguments and secrets', async () => {
    const { output } = await runWritten(2);
    assert.match(output, / colour=blue secret=10$/m);
  });
});
