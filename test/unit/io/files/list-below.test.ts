import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../../../src/io/files/node-files.ts';

describe('The files below a folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'below-'));
    await mkdir(join(folder, 'a/b'), { recursive: true });
    await mkdir(join(folder, '.git'));
    for (const name of ['top', 'a/one', 'a/b/two', '.git/HEAD']) {
      await writeFile(join(folder, name), '');
    }
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are told by their paths, without those in folders that are left out', async () => {
    assert.deepEqual(await nodeFiles.listBelow(folder, ['.git']), ['a/b/two', 'a/one', 'top']);
  });

  it('are none where there is no folder', async () => {
    assert.deepEqual(await nodeFiles.listBelow(join(folder, 'nowhere'), []), []);
  });

  it('end at a link to a folder, which may lead in a circle', async () => {
    await symlink(folder, join(folder, 'a/round'));
    assert.deepEqual(await nodeFiles.listBelow(join(folder, 'a'), []), ['b/two', 'one', 'round']);
  });

  it('come without those of folders that not even root may read, such as those of a process', async () => {
    assert.ok(Array.isArray(await nodeFiles.listBelow('/proc/1', ['task', 'map_files'])));
  });
});
