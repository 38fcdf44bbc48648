import assert from 'node:assert/strict';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ignoreRules } from '../../../../src/core/context/ignore-rules.ts';
import { nodeContextFolder as contexts } from '../../../../src/io/files/node-context-folder.ts';

const many = 1000;

describe('context folders on the disk', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'context-'));
    await mkdir(join(root, 'src/deep'), { recursive: true });
    await mkdir(join(root, '.git'));
    await writeFile(join(root, 'src/deep/a.txt'), 'one');
    await writeFile(join(root, 'src/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    await writeFile(join(root, '.git/HEAD'), 'ref');
    await writeFile(join(root, 'large'), Buffer.alloc(3_000_000, 'x'));
    await symlink('../large', join(root, 'src/link'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const paths = async (ignored: string, limit = many): Promise<readonly string[]> =>
    (await contexts.list(root, ignoreRules(ignored), limit)).map(({ path }) => path);

  it('are listed without what is left out, folders before what is in them', async () => {
    assert.deepEqual(await paths('.git'), [
      ...['large', 'src', 'src/deep', 'src/deep/a.txt', 'src/link', 'src/run.sh'],
    ]);
    assert.deepEqual(await paths('*\n!src/deep/a.txt'), ['src', 'src/deep', 'src/deep/a.txt']);
  });

  it('are not listed far beyond the limit', async () => {
    assert.ok((await paths('', 2)).length <= 4);
  });

  const digests = async (ignored = '.git'): Promise<ReadonlyMap<string, string>> => {
    const entries = await contexts.list(root, ignoreRules(ignored), many);
    const files = await contexts.index(root, entries);
    return new Map(files.map(({ path, digest }) => [path, digest]));
  };

  it('are indexed by what a COPY would notice: content, mode, and where a link leads', async () => {
    const before = await digests();
    assert.deepEqual([...before.keys()], ['large', 'src/deep/a.txt', 'src/link', 'src/run.sh']);
    await utimes(join(root, 'large'), 1, 1);
    assert.deepEqual(await digests(), before);
    await writeFile(join(root, 'large'), Buffer.alloc(3_000_000, 'y'));
    await chmod(join(root, 'src/run.sh'), 0o644);
    await rm(join(root, 'src/link'));
    await symlink('deep/a.txt', join(root, 'src/link'));
    const changed = [...(await digests())].filter(([path, digest]) => before.get(path) !== digest);
    assert.deepEqual(
      changed.map(([path]) => path),
      ['large', 'src/link', 'src/run.sh'],
    );
  });

  it('are copied with modes and links, each file with the time of its content', async () => {
    await chmod(join(root, 'src'), 0o750);
    const target = join(root, '.git', 'copy');
    const entries = await contexts.list(root, ignoreRules('.git'), many);
    const index = await contexts.copy(root, entries, target, (hash) =>
      parseInt(hash.slice(0, 7), 16),
    );
    assert.deepEqual(index, await contexts.index(root, entries));
    for (const { path, digest } of index) {
      const { mtimeMs } = await lstat(join(target, path));
      assert.equal(mtimeMs, parseInt(digest.slice(0, 7), 16) * 1000);
    }
    assert.equal((await stat(join(target, 'src/run.sh'))).mode & 0o777, 0o755);
    assert.equal((await stat(join(target, 'src'))).mode & 0o777, 0o750);
    assert.equal(await readlink(join(target, 'src/link')), '../large');
  });
});
