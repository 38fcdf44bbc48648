import assert from 'node:assert/strict';
import { buildImage } from '../../../../tasks/BuildxMultiArch/build-image.ts';
import {
  type BuildPorts,
  buildPorts,
  inputsWith,
  mergedDigest,
} from '../../../support/build-ports.ts';

const twoPlatforms = {
  platforms: 'linux/amd64,linux/arm64',
  cacheRepository: 'my.azurecr.io/cache',
};

const verbs = (ports: BuildPorts): readonly string[] =>
  ports.commands.commands.map(({ args }) => args.slice(0, 2).join(' '));
const builds = (ports: BuildPorts) =>
  ports.commands.commands.filter(({ args }) => args[0] === 'build');
const option = (args: readonly string[], name: string): string =>
  args[args.indexOf(name) + 1] ?? '';

describe('a cached build for several platforms', () => {
  it('is one build for each, with a cache of its own, merged afterwards', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith(twoPlatforms), ports);
    const made = builds(ports).map(({ args }) => [
      option(args, '--platform'),
      option(args, '--cache-to'),
    ]);
    assert.deepEqual(
      made.map(([platform]) => platform),
      ['linux/amd64', 'linux/arm64'],
    );
    assert.match(made[0]?.[1] ?? '', /orders_linux-amd64_main,/);
    assert.match(made[1]?.[1] ?? '', /orders_linux-arm64_main,/);
    assert.ok(
      builds(ports).every(({ args }) => option(args, '--output').includes('push-by-digest=true')),
    );
    assert.ok(
      verbs(ports).indexOf('imagetools create') > verbs(ports).lastIndexOf('build --builder'),
    );
  });

  it('gives the merged digest and all tags', async () => {
    const ports = buildPorts();
    await buildImage(inputsWith(twoPlatforms), ports);
    const merge = ports.commands.commands.find(({ args }) => args[1] === 'create');
    assert.ok(merge);
    assert.equal(ports.host.outputs.get('digest'), mergedDigest);
    assert.ok(merge.args.includes('my.azurecr.io/shop/orders:latest'));
    assert.equal(ports.host.outputs.get('metadata'), option(merge.args, '--metadata-file'));
  });

  it('is one build where the user says so, and without a cache repository', async () => {
    for (const change of [{ strategy: 'single' as const }, { cacheRepository: undefined }]) {
      const ports = buildPorts();
      await buildImage(inputsWith({ ...twoPlatforms, ...change }), ports);
      assert.equal(builds(ports).length, 1);
      assert.ok(builds(ports)[0]?.args.includes('type=image,push=true,unpack=false'));
    }
  });

  it('is not merged when one platform fails', async () => {
    const ports = buildPorts({ build: 'failing-step', exitCode: 1 });
    await assert.rejects(buildImage(inputsWith(twoPlatforms), ports));
    assert.ok(!verbs(ports).includes('imagetools create'));
  });
});
