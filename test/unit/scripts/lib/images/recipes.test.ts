import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  architecturesOf,
  recipeFolder,
  recipeHash,
  recipes,
  type Recipe,
} from '../../../../../scripts/lib/images/recipes.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

describe('The recipe of an image', () => {
  const both = ['amd64', 'arm64'] as const;
  const [first] = recipes;
  assert.ok(first);
  const busybox: Recipe = first;

  for (const recipe of recipes) {
    it(`has a Dockerfile: ${recipe.name}`, () => {
      assert.ok(existsSync(join(recipeFolder(recipe), 'Dockerfile')));
    });
  }

  it('comes after the one it starts from', () => {
    const names = recipes.map(({ name }) => name);
    for (const { name, base } of recipes) {
      if (base !== undefined) assert.ok(names.indexOf(base.name) < names.indexOf(name), name);
    }
  });

  it('is the same while nothing that goes into it changes', () => {
    assert.equal(recipeHash({ ...busybox, takes: 'ages' }, both), recipeHash(busybox, both));
  });

  it('is another one when its packages, tags, architectures, files or base change', () => {
    const variants: Recipe[] = [
      { ...busybox, rootFileSystem: ['--variant=extract', '--include=busybox'] },
      { ...busybox, tags: ['2'] },
      { ...busybox, name: 'redis' },
      { ...busybox, base: busybox },
      { ...busybox, base: { ...busybox, tags: [] } },
    ];
    const hashes = [busybox, ...variants].map((recipe) => recipeHash(recipe, both));
    hashes.push(recipeHash(busybox, ['amd64']));
    assert.equal(new Set(hashes).size, 7);
  });

  it('is for both architectures only where the foreign one runs', () => {
    const here = { native: 'arm64', foreign: 'amd64' } as const;
    assert.deepEqual(architecturesOf(busybox, here, true), ['arm64', 'amd64']);
    assert.deepEqual(architecturesOf(busybox, here, false), ['arm64']);
    assert.deepEqual(architecturesOf({ ...busybox, architectures: 'native' }, here, true), [
      'arm64',
    ]);
  });
});
