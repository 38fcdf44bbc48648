import { createReadStream, promises as fs } from 'node:fs';
import type { Readable } from 'node:stream';

/** A file of this machine as a stream, and its size in bytes; undefined when there is none. */
export async function openFile(
  path: string,
): Promise<{ readonly source: Readable; readonly bytes: number } | undefined> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  return { source: createReadStream(path), bytes: found.size };
}
