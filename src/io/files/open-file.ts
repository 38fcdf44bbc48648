import { createReadStream, promises as fs } from 'node:fs';
import type { Readable } from 'node:stream';
import { orMissing } from './or-missing.ts';

/** A file of this machine as a stream, and its size in bytes; undefined when there is none. */
export async function openFile(
  path: string,
): Promise<{ readonly source: Readable; readonly bytes: number } | undefined> {
  const found = await orMissing(fs.stat(path));
  if (found?.isFile() !== true) return undefined;
  return { source: createReadStream(path), bytes: found.size };
}
