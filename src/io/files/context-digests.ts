import { createHash } from 'node:crypto';
import { createReadStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { ContextEntry, ContextFile } from '../../core/context/context-file.ts';

/** Enough to keep a disk busy. */
const atOnce = 8;
/** Read whole, which is quicker than a stream. */
const smallBytes = 1024 * 1024;

/** Reads files and links, in the order of the entries; one that has vanished is left out. */
export async function readDigests(
  root: string,
  entries: readonly ContextEntry[],
): Promise<readonly ContextFile[]> {
  const limit = pLimit(atOnce);
  const readable = entries.filter(({ kind }) => kind === 'file' || kind === 'symlink');
  const read = await Promise.all(readable.map((entry) => limit(() => readEntry(root, entry))));
  return read.filter((file) => file !== undefined);
}

async function readEntry(root: string, entry: ContextEntry): Promise<ContextFile | undefined> {
  try {
    const path = join(root, entry.path);
    return entry.kind === 'file'
      ? await readFile(path, entry.path)
      : { path: entry.path, bytes: 0, digest: digestOf(`link ${await fs.readlink(path)}`) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readFile(from: string, path: string): Promise<ContextFile> {
  const { size, mode } = await fs.stat(from);
  const hash = createHash('sha256').update(`file ${mode & 0o7777} `);
  if (size <= smallBytes) hash.update(await fs.readFile(from));
  else await pipeline(createReadStream(from), hash);
  return { path, bytes: size, digest: hash.digest('hex') };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
