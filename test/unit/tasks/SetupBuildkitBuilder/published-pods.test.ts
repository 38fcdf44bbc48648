import assert from 'node:assert/strict';
import type { ListedBuilder } from '../../../../src/core/buildx/ls-output.ts';
import {
  podPlatforms,
  publishedPods,
} from '../../../../tasks/SetupBuildkitBuilder/published-pods.ts';

const pod = {
  ...{ Name: 'ci0', Endpoint: 'kubernetes:///ci', Status: 'running', Version: 'v0.32.2', Err: '' },
  ...{ Platforms: ['linux/amd64*', 'linux/arm64'], DriverOpts: {} },
};
const listed: ListedBuilder = { Name: 'ci', Driver: 'kubernetes', Err: '', Nodes: [pod] };

describe('the pods of the Kubernetes driver', () => {
  it('are published as nodes, with the version as people write it', () => {
    const [node] = publishedPods(listed);
    assert.equal(node?.name, 'ci0');
    assert.equal(node.endpoint, 'kubernetes:///ci');
    assert.equal(node.buildkitVersion, '0.32.2');
    assert.equal(node.cacheSize, undefined);
  });

  it('build the platforms that were asked for, which buildx marks with a star, too', () => {
    assert.deepEqual(podPlatforms(listed)[0]?.ofDaemon, ['linux/amd64', 'linux/arm64']);
    const [node] = publishedPods(listed);
    assert.deepEqual(node?.platforms, ['linux/amd64', 'linux/arm64']);
    assert.deepEqual(node.emulatedPlatforms, ['linux/arm64']);
  });

  it('are none when buildx does not list the builder', () => {
    assert.deepEqual(publishedPods(undefined), []);
    assert.deepEqual(podPlatforms(undefined), []);
  });
});
