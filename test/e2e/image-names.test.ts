import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';

interface Descriptor {
  readonly digest: string;
  readonly platform?: { readonly os: string };
}

interface Manifest {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
}

const accept =
  'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
const sha = '860c1904a1ce19322e91ac35af1ab07466440c37';
const oci = 'org.opencontainers.image';

describe('names, labels and annotations on a real registry', function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: PipelineRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'open' }],
    }));
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await remove();
  });

  const host = (): string => playground.registry('open').host;

  async function build(inputs: Readonly<Record<string, string>>, ref = 'refs/tags/v1.2.3') {
    const endpoints = playground.builder('main').address;
    const repository = `${host()}/shop/orders`;
    const steps = [
      { task: 'SetupBuildkitBuilder@1', inputs: { endpoints } },
      { task: 'BuildxMultiArch@1', name: 'image', inputs: { repository, ...inputs } },
    ];
    const predefined = {
      'Build.SourceBranch': ref,
      'Build.SourceVersion': sha,
      'Build.Repository.Uri': 'https://shop@dev.azure.com/shop/p/_git/orders',
      'Build.Repository.Name': 'orders',
    };
    const run = await runPipeline({
      pipeline: stringify({ steps }),
      resources: stringify({ predefined }),
      files: { Dockerfile: 'FROM scratch\nCOPY app.txt /\n', 'app.txt': 'one\n' },
      environment: playground.environment,
    });
    runs.push(run);
    const step = run.steps.find(({ name, phase }) => name === 'image' && phase === 'main');
    assert.ok(step, run.output);
    return { run, step };
  }

  const get = async (kind: string, reference: string): Promise<Manifest> => {
    const url = `http://${host()}/v2/shop/orders/${kind}/${reference}`;
    const response = await fetch(url, { headers: { accept } });
    assert.equal(response.status, 200, url);
    return (await response.json()) as Manifest;
  };

  /** The labels in the configuration of an image. */
  const labelsOf = async ({ config }: Manifest): Promise<Readonly<Record<string, string>>> => {
    const image = (await get('blobs', config?.digest ?? '')) as unknown as {
      config: { Labels: Record<string, string> };
    };
    return image.config.Labels;
  };

  const imagesOf = (index: Manifest): Promise<readonly Manifest[]> =>
    Promise.all(
      (index.manifests ?? [])
        .filter(({ platform }) => platform?.os !== 'unknown')
        .map(({ digest }) => get('manifests', digest)),
    );

  it('come from the rules, and are on the index, on each manifest and in each image', async () => {
    const { run, step } = await build({
      tags: 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}.{{minor}}\ntype=sha\nplain',
      labels: `${oci}.title=My orders\nteam={{tag}}`,
      annotations: 'index:contact=ops',
      platforms: 'linux/amd64, linux/arm64',
      strategy: 'perPlatform',
    });
    assert.equal(step.result, 'Succeeded', run.output);
    const tags = ['1.2.3', '1.2', 'plain', 'sha-860c190', 'latest'];
    assert.deepEqual(
      step.outputVariables['tags']?.split('\n'),
      tags.map((tag) => `${host()}/shop/orders:${tag}`),
    );
    assert.equal(step.outputVariables['version'], '1.2.3');
    const index = await get('manifests', 'latest');
    assert.equal(index.annotations?.[`${oci}.version`], '1.2.3');
    assert.equal(index.annotations['contact'], 'ops');
    const images = await imagesOf(index);
    assert.equal(images.length, 2);
    for (const image of images) {
      assert.equal(image.annotations?.[`${oci}.revision`], sha);
      assert.equal(image.annotations['contact'], undefined);
      const labels = await labelsOf(image);
      assert.equal(labels[`${oci}.title`], 'My orders');
      assert.equal(labels[`${oci}.source`], 'https://dev.azure.com/shop/p/_git/orders');
      assert.equal(labels['team'], 'v1.2.3');
      assert.ok(Object.keys(labels).some((key) => key.endsWith('.image.build.buildnumber')));
    }
  });

  it('need no index: a build without attestations for one platform has none', async () => {
    const { run, step } = await build({ tags: 'alone', provenance: 'none' });
    assert.equal(step.result, 'Succeeded', run.output);
    const image = await get('manifests', 'alone');
    assert.equal(image.manifests, undefined);
    assert.equal(image.annotations?.[`${oci}.version`], 'alone');
  });

  it('are one build’s business, too, when it makes the index by itself', async () => {
    const inputs = { tags: 'one', platforms: 'linux/amd64, linux/arm64', strategy: 'single' };
    const { run, step } = await build(inputs);
    assert.equal(step.result, 'Succeeded', run.output);
    const index = await get('manifests', 'one');
    assert.equal(index.annotations?.[`${oci}.version`], 'one');
    const [image] = await imagesOf(index);
    assert.equal(image?.annotations?.[`${oci}.version`], 'one');
  });

  it('that no rule makes are told before anything is built', async () => {
    const { run, step } = await build({ tags: 'type=semver,pattern={{version}}' }, 'refs/heads/x');
    assert.equal(step.result, 'Failed', run.output);
    assert.match(step.issues[0]?.['message'] ?? '', /tags: No rule makes a tag in this run/);
  });
});
