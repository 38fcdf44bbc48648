import assert from 'node:assert/strict';
import { parseMetadata } from '../../../../src/core/buildx/build-metadata.ts';
import { platformDigests } from '../../../../src/core/image/index-manifest.ts';
import { fixture } from '../../../support/replay-build.ts';

describe('the metadata of a build', () => {
  it('hold the digest of what was pushed', () => {
    const { digest, ref } = parseMetadata(fixture('metadata.json'));
    assert.match(digest ?? '', /^sha256:[0-9a-f]{64}$/);
    assert.match(ref ?? '', /^b1\/b10\/\w+$/);
  });

  it('tell nothing when there are none', () => {
    for (const text of [undefined, '', '{', '[]', '{}']) {
      assert.deepEqual(parseMetadata(text), { digest: undefined, ref: undefined });
    }
  });
});

describe('the digests of an index', () => {
  it('are those of the platforms, without attestations', () => {
    const digests = platformDigests(fixture('index.json'));
    assert.deepEqual(Object.keys(digests ?? {}), ['linux/amd64', 'linux/arm64']);
  });

  it('do not exist for a single manifest', () => {
    assert.equal(platformDigests('{"schemaVersion":2,"config":{},"layers":[]}'), undefined);
    assert.equal(platformDigests('not found'), undefined);
  });

  it('keep the variant apart', () => {
    const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
    const text = JSON.stringify({ manifests: [{ digest: 'sha256:a', platform }] });
    assert.deepEqual(platformDigests(text), { 'linux/arm/v7': 'sha256:a' });
  });
});
