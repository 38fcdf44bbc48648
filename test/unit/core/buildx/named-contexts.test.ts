import assert from 'node:assert/strict';
import { holdsFolder, isRemoteContext } from '../../../../src/core/buildx/context-place.ts';
import { parseNamedContexts } from '../../../../src/core/buildx/named-contexts.ts';

const read = (...lines: readonly string[]) => parseNamedContexts(lines, '/w/1/s');

describe('further contexts of a build', () => {
  it('are folders below the sources, layouts, images or URLs', () => {
    const contexts = read(
      'shared=libs/shared',
      'base=docker-image://debian:12',
      'app=https://host.test/app.git#main',
      'built=oci-layout://out/image:v1',
      'pinned=oci-layout:///abs/image@sha256:abc',
    );
    assert.ok(contexts.ok);
    assert.deepEqual(
      contexts.value.map(({ name, value, folder }) => [name, value, folder]),
      [
        ['shared', '/w/1/s/libs/shared', '/w/1/s/libs/shared'],
        ['base', 'docker-image://debian:12', undefined],
        ['app', 'https://host.test/app.git#main', undefined],
        ['built', 'oci-layout:///w/1/s/out/image:v1', '/w/1/s/out/image'],
        ['pinned', 'oci-layout:///abs/image@sha256:abc', '/abs/image'],
      ],
    );
  });

  it('have a name and a source each, and each name once', () => {
    const contexts = read('shared', '=x', 'a=b', 'a=c', 'd=$(nope)');
    assert.ok(!contexts.ok);
    assert.deepEqual(
      contexts.problems.map(
        ({ what }) => /found "([^"]*)"|given twice|not defined/.exec(what)?.[0],
      ),
      ['found "shared"', 'found "=x"', 'not defined', 'given twice'],
    );
  });
});

describe('a context', () => {
  it('is remote by its scheme, or as Git writes hosts', () => {
    for (const url of ['https://a/b.git', 'git://a/b', 'ssh://git@a/b', 'git@a.test:b/c.git']) {
      assert.ok(isRemoteContext(url), url);
    }
    for (const path of ['.', '/w/1/s', 'services/api', 'a@b/c', 'c:d']) {
      assert.ok(!isRemoteContext(path), path);
    }
  });

  it('holds what lies below it', () => {
    assert.ok(holdsFolder('/w', '/w/_temp'));
    assert.ok(holdsFolder('/w/_temp', '/w/_temp/'));
    assert.ok(holdsFolder('/', '/w/_temp'));
    assert.ok(!holdsFolder('/w/1/s', '/w/_temp'));
    assert.ok(!holdsFolder('/w/_temp2', '/w/_temp'));
  });
});
