import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readlink,
  rm,
  stat,
  symlink,
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

  it('are indexed by the SHA-256 of each file, small or large', async () => {
    const index = await contexts.index(root, await contexts.list(root, ignoreRules('.git'), many));
    const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
    assert.deepEqual(index, [
      { path: 'large', size: 3_000_000, sha256: sha256('x'.repeat(3_000_000)) },
      { path: 'src/deep/a.txt', size: 3, sha256: sha256('one') },
      { path: 'src/run.sh', size: 10, sha256: sha256('#!/bin/sh\n') },
    ]);
  });

  it('are copied with modes and links, each file with the time of its content', async () => {
    await chmod(join(root, 'src'), 0o750);
    const target = join(root, '.git', 'copy');
    const entries = await contexts.list(root, ignoreRules('.git'), many);
    const index = await contexts.copy(root, entries, target, (hash) =>
      parseInt(hash.slice(0, 7), 16),
    );
    assert.deepEqual(index, await contexts.index(root, entries));
    for (const { path, sha256 } of index) {
      const { mtimeMs } = await stat(join(target, path));
      assert.equal(mtimeMs, parseInt(sha256.slice(0, 7), 16) * 1000);
    }
    assert.equal((await stat(join(target, 'src/run.sh'))).mode & 0o777, 0o755);
    assert.equal((await stat(join(target, 'src'))).mode & 0o777, 0o750);
    assert.equal(await readlink(join(target, 'src/link')), '../large');
    assert.ok((await lstat(join(target, 'src/link'))).mtimeMs < Date.parse('2020-01-01'));
  });
});
