import assert from 'node:assert/strict';
import { fetchProblem } from '../../../../src/core/buildx/fetch-problem.ts';
import {
  planRelease,
  shownOrigin,
  sourceSecrets,
} from '../../../../src/core/buildx/release-plan.ts';
import { parseBuildxWish } from '../../../../src/core/buildx/release-wish.ts';
import {
  buildxArchitecture,
  knownVersions,
  releaseDigest,
} from '../../../../src/core/buildx/release.ts';
import { cachedBuildx } from '../../../../src/core/buildx/tool-cache.ts';
import { describeProblem } from '../../../../src/core/errors.ts';
import type { Parsed } from '../../../../src/core/parsed.ts';

const digest = 'ab'.repeat(32);

const wish = (buildxVersion?: string, buildxSource?: string) =>
  parseBuildxWish({ buildxVersion, buildxSource }, '/sources');

function valueOf<T>(result: Parsed<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function problemsOf(result: Parsed<unknown>): string {
  assert.ok(!result.ok);
  return result.problems.map(describeProblem).join('\n');
}

function planned(buildxVersion: string, buildxSource?: string) {
  const wanted = valueOf(wish(buildxVersion, buildxSource));
  assert.ok(wanted !== undefined);
  const release = valueOf(planRelease(wanted, 'amd64'));
  return { release, secrets: sourceSecrets(wanted, release), shown: shownOrigin(release.origin) };
}

describe('the buildx that a step wishes for', () => {
  it('is none when no version is given, so that nothing is ever downloaded', () => {
    assert.equal(valueOf(wish()), undefined);
  });

  it('is an exact version, with or without "v"', () => {
    assert.deepEqual(valueOf(wish('v0.36.1')), { version: '0.36.1' });
  });

  for (const text of ['latest', '0.36', '0.36.x', '>=0.36.1', '0.36.1@sha256:abc']) {
    it(`is never "${text}"`, () => {
      assert.match(problemsOf(wish(text)), /^buildxVersion: Expected an exact version such as /);
    });
  }

  it('is refused when it is too old for us', () => {
    assert.match(problemsOf(wish('0.12.1')), /0\.13\.0 or newer, found 0\.12\.1/);
  });

  it('names variables that do not exist, of both inputs at once', () => {
    const found = problemsOf(wish('$(version)', 'https://$(mirror)/x'));
    assert.match(
      found,
      /^buildxVersion: The variable "version".*\nbuildxSource: The variable "mirror"/,
    );
  });

  it('needs a version when there is a source', () => {
    assert.match(
      problemsOf(wish(undefined, '/mirror')),
      /^buildxSource: .*no version.*Set buildxVersion/,
    );
  });

  it('takes a folder below the sources, or an absolute one', () => {
    assert.deepEqual(valueOf(wish('0.36.1', 'tools'))?.source, {
      kind: 'folder',
      path: '/sources/tools',
    });
    assert.deepEqual(valueOf(wish('0.36.1', '/opt'))?.source, { kind: 'folder', path: '/opt' });
  });

  for (const text of ['ftp://mirror/x', 'https://']) {
    it(`cannot come from ${text}`, () => {
      assert.match(problemsOf(wish('0.36.1', text)), /^buildxSource: Expected /);
    });
  }
});

describe('the release behind a wish', () => {
  it('comes from GitHub, with the digest that the task ships', () => {
    const { release } = planned('0.36.1');
    assert.deepEqual(release.origin, {
      kind: 'url',
      url: 'https://github.com/docker/buildx/releases/download/v0.36.1/buildx-v0.36.1.linux-amd64',
    });
    assert.equal(release.sha256, releaseDigest('buildx-v0.36.1.linux-amd64'));
  });

  it('comes from a mirror with the same paths below it', () => {
    const { shown } = planned('0.36.1', 'https://mirror.example/buildx/');
    assert.equal(shown, 'https://mirror.example/buildx/v0.36.1/buildx-v0.36.1.linux-amd64');
  });

  it('lies in a folder under its own name', () => {
    assert.equal(planned('0.36.1', '/opt/tools/').shown, '/opt/tools/buildx-v0.36.1.linux-amd64');
  });

  it('must have the digest that the user gives, for any version', () => {
    assert.equal(planned(`0.35.0@sha256:${digest}`).release.sha256, digest);
  });

  it('is never fetched without a digest', () => {
    const wanted = valueOf(wish('0.35.7'));
    assert.ok(wanted !== undefined);
    assert.match(
      problemsOf(planRelease(wanted, 'arm64')),
      /buildx-v0\.35\.7\.linux-arm64 is not known here; known for arm64: .*0\.36\.1.*0\.35\.7@sha256:<digest>/,
    );
  });

  it('shows neither the password nor the signature of its URL', () => {
    const { release, shown, secrets } = planned(
      '0.36.1',
      'https://ci:p%40ss@mirror.example/b?sig=abc',
    );
    assert.equal(shown, 'https://mirror.example/b/v0.36.1/buildx-v0.36.1.linux-amd64?…');
    const authorization = `Basic ${Buffer.from('ci:p@ss').toString('base64')}`;
    assert.deepEqual(release.origin, {
      kind: 'url',
      url: 'https://mirror.example/b/v0.36.1/buildx-v0.36.1.linux-amd64?sig=abc',
      authorization,
    });
    assert.deepEqual(secrets, ['p@ss', 'p%40ss', authorization, 'sig=abc']);
  });

  it('is known for both processors of the agent, and for no other', () => {
    assert.deepEqual(['X64', 'ARM64', 'ARM', ''].map(buildxArchitecture), [
      'amd64',
      'arm64',
      undefined,
      undefined,
    ]);
    assert.deepEqual(knownVersions('amd64'), knownVersions('arm64'));
  });

  it("lies in the tool cache where azure-pipelines-tool-lib's users look", () => {
    assert.deepEqual(cachedBuildx('/tools', '0.36.1', 'amd64'), {
      file: '/tools/buildx/0.36.1/x64/buildx',
      marker: '/tools/buildx/0.36.1/x64.complete',
    });
  });
});

describe('a release that cannot be fetched', () => {
  const { release } = planned('0.36.1', 'https://mirror.example');
  const told = (failure: Parameters<typeof fetchProblem>[0]) =>
    describeProblem(fetchProblem(failure, release, '/tools/buildx/0.36.1/x64/buildx'));

  it('is told with expected and found digest', () => {
    const text = told({ kind: 'digest', found: digest, bytes: 12 });
    assert.ok(text.includes(release.sha256) && text.includes(`found ${digest} (12 bytes)`), text);
  });

  it('is told with its address and the status of the mirror', () => {
    const address = 'https://mirror.example/v0.36.1/buildx-v0.36.1.linux-amd64';
    assert.ok(
      told({ kind: 'http', status: 404 }).startsWith(`buildxSource: ${address} answers HTTP 404.`),
    );
    assert.match(told({ kind: 'http', status: 401 }), /user and password/);
    assert.match(told({ kind: 'http', status: 500 }), /HTTP 500\. Look at it/);
  });

  it('is told with the folder when the disk is the matter', () => {
    assert.match(
      told({ kind: 'disk', code: 'ENOSPC', message: 'x' }),
      /no space left .*\/tools\/buildx/,
    );
    assert.match(
      told({ kind: 'disk', code: 'EACCES', message: 'x' }),
      /cannot be written .*EACCES: x/,
    );
  });

  it('is told by what it waited for, or by what the network said', () => {
    assert.match(told({ kind: 'timeout', afterMs: 600_000 }), /did not arrive within 600 s/);
    assert.match(
      told({ kind: 'network', code: 'ECONNREFUSED', message: 'no' }),
      /\(ECONNREFUSED: no\)/,
    );
    assert.match(told({ kind: 'no-file' }), /There is no file/);
  });
});
