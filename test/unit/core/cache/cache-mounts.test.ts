import assert from 'node:assert/strict';
import {
  ownedAsIn,
  parseCacheMount,
  unknownMounts,
} from '../../../../src/core/cache/cache-mounts.ts';
import type { CacheRequest } from '../../../../src/core/cache/registry-cache.ts';
import { restoreDockerfile, saveDockerfile } from '../../../../src/core/cache/mount-builds.ts';
import { savedMounts } from '../../../../src/core/cache/saved-mounts.ts';
import { mountsIn } from '../../../../src/core/context/dockerfile-mounts.ts';
import { plainRequest } from '../../../support/build-request.ts';

const dockerfile = `FROM golang
RUN --mount=type=cache,target=/root/.cache/go-build \\
    --mount=type=cache,id=mod,target=/go/pkg/mod,uid=1000,mode=0755 go build
`;

describe('a cache mount that is kept', () => {
  it('is named by its id, or by its target where it has none', () => {
    assert.deepEqual(
      mountsIn(dockerfile).map(({ id }) => id),
      ['/root/.cache/go-build', 'mod'],
    );
  });

  it('has the owner that the Dockerfile gives it, or the one of its line', () => {
    const found = mountsIn(dockerfile);
    const mod = ownedAsIn({ id: 'mod', owner: '' }, found);
    assert.equal(mod.owner, 'uid=1000,mode=0755');
    assert.equal(ownedAsIn({ id: 'mod', owner: 'uid=7' }, found).owner, 'uid=7');
  });

  it('that the Dockerfile does not have is told, unless ids are computed there', () => {
    const mounts = [{ id: 'modd', owner: '' }];
    const told = unknownMounts(mounts, mountsIn(dockerfile));
    assert.match(told ?? '', /no cache mount "modd"; it has \/root\/\.cache\/go-build, mod/);
    const computed = 'RUN --mount=type=cache,id=mod-$TARGETARCH,target=/m go build';
    assert.equal(unknownMounts(mounts, mountsIn(computed)), undefined);
  });

  it('is refused where its line could not stand in a Dockerfile', () => {
    for (const line of ['two words', 'a,target=/etc', 'a"b', '']) {
      assert.ok(!parseCacheMount('cacheMounts', line).ok, line);
    }
    assert.ok(parseCacheMount('cacheMounts', '/root/.cache,uid=1000,gid=0,mode=0755').ok);
  });

  it('is mounted in the same place whatever else is kept, so that it finds its own again', () => {
    const [one, two] = ['a', 'b'].map((id) => ({ id, owner: '' }));
    assert.ok(one && two);
    const folder = /id=b,target=(\S+)/;
    const saved = folder.exec(saveDockerfile('busybox', [one, two]))?.[1];
    assert.ok(saved);
    assert.equal(folder.exec(restoreDockerfile('busybox', [two], 'r.io/c:1'))?.[1], saved);
  });

  it('is read by forks and never written by them', () => {
    const cache: CacheRequest = {
      repository: 'r.io/cache',
      scope: undefined,
      export: 'withPush',
      mode: 'max',
      ...{ defaultBranch: 'main', rawFrom: [], rawTo: [], mounts: [], mountImage: 'busybox' },
    };
    const source = { ...plainRequest.run.source, isFork: true, ref: 'refs/pull/7/merge' };
    const build = { image: 'shop/orders', platforms: [], isPushed: true, source };
    const { from, notWritten } = savedMounts(cache, build);
    assert.deepEqual(from, [
      'r.io/cache:shop--orders_mounts-native_pr-7',
      'r.io/cache:shop--orders_mounts-native_main',
    ]);
    assert.match(notWritten ?? '', /forks only read/);
    assert.equal(
      savedMounts(cache, { ...build, source: plainRequest.run.source }).notWritten,
      undefined,
    );
  });
});
