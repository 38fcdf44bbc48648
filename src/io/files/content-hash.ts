import { createHash } from 'node:crypto';
import { createReadStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { ContentIndex, ContextEntry, IndexedFile } from '../../core/context/content-index.ts';

/** Enough to keep a disk busy. */
const atOnce = 8;
/** Read whole, which is quicker than a stream. */
const smallBytes = 1024 * 1024;

/** Reads the files among the entries; one that has vanished is left out. */
export async function indexFiles(
  root: string,
  entries: readonly ContextEntry[],
): Promise<ContentIndex> {
  const limit = pLimit(atOnce);
  const files = entries.filter(({ kind }) => kind === 'file');
  const indexed = await Promise.all(files.map(({ path }) => limit(() => indexFile(root, path))));
  return indexed.filter((file) => file !== undefined);
}

async function indexFile(root: string, path: string): Promise<IndexedFile | undefined> {
  const file = join(root, path);
  try {
    const { size } = await fs.stat(file);
    const hash = createHash('sha256');
    if (size <= smallBytes) hash.update(await fs.readFile(file));
    else await pipeline(createReadStream(file), hash);
    return { path, size, sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
