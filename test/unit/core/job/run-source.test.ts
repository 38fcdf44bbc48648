import assert from 'node:assert/strict';
import { runSource, runUrl } from '../../../../src/core/job/run-source.ts';

const from =
  (variables: Readonly<Record<string, string>>) =>
  (name: string): string | undefined =>
    variables[name];

describe('the source of a run', () => {
  it('is a fork only when the server says so', () => {
    const isFork = (value: string): boolean =>
      runSource(from({ 'System.PullRequest.IsFork': value })).isFork;
    assert.deepEqual(['True', 'true', 'False', ''].map(isFork), [true, true, false, false]);
  });

  it('has a target in pull requests only', () => {
    assert.equal(runSource(from({})).targetRef, undefined);
  });
});

describe('the address of a run', () => {
  it('is that of the build, or of the release it belongs to', () => {
    const build = {
      'System.CollectionUri': 'https://dev.azure.com/shop/',
      'System.TeamProject': 'My Shop',
      'Build.BuildId': '7',
    };
    assert.equal(
      runUrl(from(build)),
      'https://dev.azure.com/shop/My%20Shop/_build/results?buildId=7',
    );
    const release = { ...build, 'Release.ReleaseWebURL': 'https://dev.azure.com/r/1' };
    assert.equal(runUrl(from(release)), 'https://dev.azure.com/r/1');
  });

  it('does not exist outside a pipeline', () => {
    assert.equal(runUrl(from({})), undefined);
  });
});
