import assert from 'node:assert/strict';
import { isNewEnough, readBuildxVersion } from '../../../../src/core/buildx/buildx-version.ts';

describe('the version of buildx', () => {
  it('is read from the line of a release, a distribution package and an unstamped build', () => {
    const versions = [
      'github.com/docker/buildx v0.36.1 28f6246ea91d0d1e2a5b8e2a5d1fd3d1a1c1a0d1',
      'github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3',
      'github.com/docker/buildx v0.0.0+unknown ',
    ].map(readBuildxVersion);
    assert.deepEqual(versions, ['0.36.1', '0.13.1+ds1', '0.0.0+unknown']);
  });

  it('is not read from another program that happens to be called buildx', () => {
    assert.equal(readBuildxVersion('buildx 2.0.0 (a build tool)'), undefined);
  });

  it('is compared number by number, not letter by letter', () => {
    assert.equal(isNewEnough('0.9.1', '0.13.0'), false);
    assert.equal(isNewEnough('0.12.9', '0.13.0'), false);
    assert.equal(isNewEnough('0.13.0', '0.13.0'), true);
    assert.equal(isNewEnough('1.0.0', '0.13.0'), true);
  });

  it('counts as new enough when the build carries no version stamp', () => {
    assert.equal(isNewEnough('0.0.0+unknown', '0.13.0'), true);
  });
});
