import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, promises as fs } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FetchOutcome, FetchRequest } from '../../ports/file-fetcher.ts';
import { orMissing } from './or-missing.ts';

/**
 * Writes a stream beside its target, and gives it the target's name when its SHA-256 is as expected. Another
 * job that does the same at the same time is no harm: the later one replaces equal bytes.
 * @throws the source's or the file system's error; nothing is left then
 */
export async function writeVerified(
  source: Readable,
  { target, sha256, limitMs, onProgress }: FetchRequest,
  announced: number | undefined,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  await fs.mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await removeAbandoned(target, limitMs);
  const partial = `${target}.${randomUUID()}.partial`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      onProgress(bytes, announced);
      done(null, chunk);
    },
  });
  try {
    const file = createWriteStream(partial, { mode: 0o755, flags: 'wx', flush: true });
    await pipeline(source, measure, file, { signal });
    const found = hash.digest('hex');
    if (found !== sha256) return { kind: 'failed', failure: { kind: 'digest', found, bytes } };
    await fs.rename(partial, target);
    return { kind: 'fetched', bytes };
  } finally {
    await fs.rm(partial, { force: true });
  }
}

/** Parts that a killed job left: none is written for longer than the limit. */
async function removeAbandoned(target: string, limitMs: number): Promise<void> {
  const folder = dirname(target);
  const parts = (await fs.readdir(folder)).filter(
    (name) => name.startsWith(`${basename(target)}.`) && name.endsWith('.partial'),
  );
  for (const path of parts.map((name) => join(folder, name))) {
    const written = await orMissing(fs.stat(path));
    if (written === undefined || Date.now() - written.mtimeMs < limitMs) continue;
    await fs.rm(path, { force: true });
  }
}
