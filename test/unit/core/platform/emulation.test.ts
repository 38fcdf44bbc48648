import assert from 'node:assert/strict';
import { platformsOn } from '../../../../src/core/platform/emulation.ts';
import { formatPlatform, parsePlatform } from '../../../../src/core/platform/platform.ts';

const amd64Node = ['linux/amd64', 'linux/amd64/v2', 'linux/386', 'linux/arm64', 'linux/arm/v7'];
const arm64Node = ['linux/arm64', 'linux/arm/v7'];

const on = (
  nodes: readonly (readonly string[])[],
  ...names: readonly string[]
): readonly string[] =>
  platformsOn(
    nodes.map((platforms) => ({ platforms })),
    names.flatMap((name) => parsePlatform(name) ?? []),
  ).map((found) =>
    found === undefined
      ? 'missing'
      : `${formatPlatform(found.platform)} ${found.isEmulated ? 'emulated' : 'native'}`,
  );

describe('the platforms of a builder', () => {
  it('are native when the machine is of that architecture, or runs it by itself', () => {
    assert.deepEqual(on([amd64Node], 'linux/amd64', 'linux/amd64/v2', 'linux/386'), [
      'linux/amd64 native',
      'linux/amd64/v2 native',
      'linux/386 native',
    ]);
  });

  it('are emulated otherwise, unless another node has them natively', () => {
    assert.deepEqual(on([amd64Node], 'linux/arm64'), ['linux/arm64 emulated']);
    assert.deepEqual(on([amd64Node, arm64Node], 'linux/arm64', 'linux/arm/v7'), [
      'linux/arm64 native',
      'linux/arm/v7 native',
    ]);
  });

  it('are missing when no node lists them', () => {
    assert.deepEqual(on([arm64Node], 'linux/amd64', 'windows/arm64'), ['missing', 'missing']);
  });

  it('are the own one of the first node when nothing is asked for', () => {
    assert.deepEqual(on([arm64Node, amd64Node]), ['linux/arm64 native']);
    assert.deepEqual(on([[]]), ['missing']);
  });
});
