import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { replaceFolder } from '../../../../../scripts/lib/build/replace-folder.ts';

describe('The folder of a bundled task', () => {
  let folder: string;
  const first = { name: 'main.cjs', text: 'one' };
  const second = { name: 'part.cjs', text: 'two' };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replace-folder-'));
    await replaceFolder(folder, [first, second]);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has the files of the last bundle only', async () => {
    await replaceFolder(folder, [{ ...first, text: 'new' }]);
    assert.deepEqual(await readdir(folder), ['main.cjs']);
    assert.equal(await readFile(join(folder, 'main.cjs'), 'utf8'), 'new');
  });

  it('keeps a file that is the same as before untouched, for who runs it meanwhile', async () => {
    const inode = async (name: string) => (await stat(join(folder, name))).ino;
    const before = await Promise.all(['main.cjs', 'part.cjs'].map(inode));
    await replaceFolder(folder, [first, { ...second, text: 'other' }]);
    const after = await Promise.all(['main.cjs', 'part.cjs'].map(inode));
    assert.deepEqual(
      after.map((one, at) => one === before[at]),
      [true, false],
    );
  });
});
