import assert from 'node:assert/strict';
import { buildImage } from '../../../../tasks/BuildxMultiArch/build-image.ts';
import { type BuildPorts, buildPorts, inputsWith } from '../../../support/build-ports.ts';

const inputs = inputsWith({
  cacheRepository: 'my.azurecr.io/cache',
  cacheExport: 'afterPush',
  strategy: 'single',
  platforms: 'linux/amd64',
  noCache: true,
});

/** The builds that buildx was asked for, in order. */
const builds = ({ commands }: BuildPorts): readonly (readonly string[])[] =>
  commands.commands.filter(({ args }) => args[0] === 'build').map(({ args }) => args);

describe('a cache that is written after the push', () => {
  it('is the sole work of a second build, which may take everything from the daemon', async () => {
    const ports = buildPorts();
    await buildImage(inputs, ports);
    const [first = [], second = [], ...more] = builds(ports);
    assert.equal(more.length, 0);
    assert.ok(first.includes('--no-cache') && !first.includes('--cache-to'));
    assert.ok(second.includes('--cache-to') && !second.includes('--no-cache'));
    assert.ok(!second.some((arg) => arg.includes('push=true')));
    assert.equal(second[second.indexOf('--output') + 1], 'type=cacheonly');
    assert.equal(first.at(-1), second.at(-1));
  });

  it('is a warning when it fails: the image is there', async () => {
    const isExport = (args: readonly string[]): boolean => args.includes('type=cacheonly');
    const ports = buildPorts({
      play: ({ args }) => ({ build: 'two-platforms', exitCode: isExport(args) ? 1 : 0 }),
    });
    await buildImage(inputs, ports);
    const warnings = ports.host.warnings.filter((text) => text.startsWith('cache'));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^cacheRepository: the cache was not written, so the/);
    assert.ok(ports.host.outputs.has('digest'));
  });

  it('is not tried for a build that failed', async () => {
    const ports = buildPorts({ exitCode: 1 });
    await assert.rejects(buildImage(inputs, ports));
    assert.equal(builds(ports).length, 1);
  });
});
