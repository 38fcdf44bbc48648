import assert from 'node:assert/strict';
import {
  cacheExportArguments,
  cacheImportArguments,
} from '../../../../src/core/cache/cache-args.ts';
import { parseRawCache } from '../../../../src/core/cache/raw-cache.ts';
import {
  type CacheRequest,
  type CachedBuild,
  noCache,
  ownTagProblem,
  registryCache,
} from '../../../../src/core/cache/registry-cache.ts';
import { type RunSource, runSource } from '../../../../src/core/job/run-source.ts';

const request: CacheRequest = {
  repository: 'my.azurecr.io/cache',
  scope: undefined,
  export: 'withPush',
  mode: 'max',
  defaultBranch: 'main',
  rawFrom: [],
  rawTo: [],
  mounts: [],
  mountImage: 'busybox:1',
};

const source = (variables: Readonly<Record<string, string>>): RunSource =>
  runSource((name) => variables[name]);

const build = (variables: Readonly<Record<string, string>>): CachedBuild => ({
  image: 'orders',
  platforms: [{ os: 'linux', architecture: 'amd64', variant: '' }],
  source: source(variables),
  isPushed: true,
});

const tagged = (branch: string): string => `my.azurecr.io/cache:orders_linux-amd64_${branch}`;

describe('the registry cache', () => {
  it('reads the own branch, then the default branch, and writes the own branch', () => {
    const cache = registryCache(request, build({ 'Build.SourceBranch': 'refs/heads/next' }));
    assert.deepEqual(cache.from, [tagged('next'), tagged('main')]);
    assert.equal(cache.to, tagged('next'));
  });

  it('reads the target of a pull request before the default branch, by either spelling', () => {
    for (const target of ['refs/heads/release', 'release']) {
      const cache = registryCache(
        request,
        build({
          'Build.SourceBranch': 'refs/pull/7/merge',
          'System.PullRequest.TargetBranch': target,
        }),
      );
      assert.deepEqual(cache.from, [tagged('pr-7'), tagged('release'), tagged('main')]);
      assert.equal(cache.to, tagged('pr-7'));
    }
  });

  it('is read once on the default branch itself', () => {
    const cache = registryCache(request, build({ 'Build.SourceBranch': 'refs/heads/main' }));
    assert.deepEqual(cache.from, [tagged('main')]);
  });

  it('takes the default branch as a name or as a full ref', () => {
    const full = { ...request, defaultBranch: 'refs/heads/main' };
    const next = build({ 'Build.SourceBranch': 'refs/heads/next' });
    assert.deepEqual(registryCache(full, next), registryCache(request, next));
  });

  it('is never written by a fork, which could poison it', () => {
    const fork = build({
      'Build.SourceBranch': 'refs/pull/7/merge',
      'System.PullRequest.IsFork': 'True',
    });
    const cache = registryCache(request, fork);
    assert.equal(cache.to, undefined);
    assert.match(cache.notWritten ?? '', /forks only read/);
    assert.ok(cache.from.includes(tagged('main')));
  });

  it('is written with a push only, unless it is off', () => {
    const main = build({ 'Build.SourceBranch': 'refs/heads/main' });
    assert.equal(registryCache(request, { ...main, isPushed: false }).to, undefined);
    assert.equal(registryCache({ ...request, export: 'off' }, main).to, undefined);
  });

  it('is written on the default branch only where that is asked for', () => {
    const only = { ...request, export: 'defaultBranchOnly' } as const;
    const main = build({ 'Build.SourceBranch': 'refs/heads/main' });
    assert.equal(registryCache(only, main).to, tagged('main'));
    const next = registryCache(only, build({ 'Build.SourceBranch': 'refs/heads/next' }));
    assert.equal(next.to, undefined);
    assert.match(next.notWritten ?? '', /defaultBranchOnly, and this is not main/);
  });

  it('takes a scope of its own in place of the branch', () => {
    const next = build({ 'Build.SourceBranch': 'refs/heads/next' });
    const cache = registryCache({ ...request, scope: 'nightly' }, next);
    assert.deepEqual(cache.from, [tagged('nightly'), tagged('main')]);
    assert.equal(cache.to, tagged('nightly'));
  });

  it('writes raw lines when it is written itself, apart for each platform, and tolerates failures', () => {
    const lines = ['type=local,dest=/c/{platform}', 'type=inline', 'type=gha,ignore-error=false'];
    const rawTo = lines.map((line) => {
      const raw = parseRawCache('cacheTo', line, () => false);
      assert.ok(raw.ok);
      return raw.value;
    });
    const main = build({ 'Build.SourceBranch': 'refs/heads/main' });
    const written = registryCache({ ...request, repository: undefined, rawTo }, main);
    assert.deepEqual(cacheExportArguments(written, { compression: 'gzip' }), [
      ...['--cache-to', 'type=local,dest=/c/linux-amd64,ignore-error=true'],
      ...['--cache-to', 'type=inline', '--cache-to', 'type=gha,ignore-error=false'],
    ]);
    const fork = { ...main, source: { ...main.source, isFork: true } };
    assert.deepEqual(registryCache({ ...request, rawTo }, fork).rawTo, []);
  });

  it('in a release without sources reads the default branch and writes nothing', () => {
    const cache = registryCache(request, build({}));
    assert.deepEqual(cache.from, [tagged('main')]);
    assert.equal(cache.to, undefined);
  });

  it('names every attribute whose default has changed between versions', () => {
    const form = 'mode=max,image-manifest=true,oci-mediatypes=true';
    const cache = registryCache(request, build({ 'Build.SourceBranch': 'refs/heads/main' }));
    const ref = `type=registry,ref=${tagged('main')}`;
    assert.deepEqual(cacheImportArguments(cache), ['--cache-from', ref]);
    assert.deepEqual(cacheExportArguments(cache, { compression: 'gzip' }), [
      ...['--cache-to', `${ref},${form},ignore-error=true`],
    ]);
    assert.deepEqual(cacheExportArguments(cache, { compression: 'zstd' }), [
      ...['--cache-to', `${ref},${form},compression=zstd,ignore-error=true`],
    ]);
  });
});

describe('a cache that would overwrite the image', () => {
  const cache = registryCache(request, build({ 'Build.SourceBranch': 'refs/heads/main' }));

  it('is refused, however the tag is spelt', () => {
    const image = { name: 'my.azurecr.io/cache', tag: 'orders_linux-amd64_main' };
    assert.equal(ownTagProblem(cache, [image])?.where, 'cacheRepository');
    const ref = ['ref', 'docker.io/shop/orders:1'] as const;
    const hub = { ...noCache, rawTo: [{ type: 'registry' as const, attributes: [ref] }] };
    assert.equal(ownTagProblem(hub, [{ name: 'shop/orders', tag: '1' }])?.where, 'cacheTo');
  });

  it('is no problem in the same repository under another tag', () => {
    assert.equal(ownTagProblem(cache, [{ name: 'my.azurecr.io/cache', tag: '4711' }]), undefined);
  });
});
