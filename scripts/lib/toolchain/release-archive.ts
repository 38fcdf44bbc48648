import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { releaseDigest } from '../../../src/core/buildx/release.ts';
import { toolchainFolder } from './tools.ts';

const downloadLimit = 15 * 60_000;

/** What came of a download: the verified file, or the reason why it must not or cannot be used. */
export type Download = { readonly path: string } | { readonly refused: string };

/**
 * The pinned SHA-256 (hex) of a release file from `toolchain/archives.json`, or buildx's from the table
 * that the task ships; undefined forbids the download.
 */
export function pinnedDigest(file: string): string | undefined {
  const schema = v.object({ sha256: v.record(v.string(), v.pipe(v.string(), v.hash(['sha256']))) });
  const text = readFileSync(join(toolchainFolder, 'archives.json'), 'utf8');
  return v.parse(schema, JSON.parse(text)).sha256[file] ?? releaseDigest(file);
}

/**
 * Downloads a file into a folder and verifies it; a verified file that is already there is taken as it is.
 * The name appears only when every byte was verified, so a download killed half-way leaves no trace.
 */
export async function download(url: string, sha256: string, folder: string): Promise<Download> {
  const path = join(folder, url.slice(url.lastIndexOf('/') + 1));
  if (existsSync(path) && (await sha256OfFile(path)) === sha256) return { path };
  await mkdir(folder, { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  try {
    const problem = await fetchTo(url, partial);
    if (problem !== undefined) return { refused: `${url}: ${problem}` };
    const found = await sha256OfFile(partial);
    if (found !== sha256) return { refused: `${url}: expected SHA-256 ${sha256}, found ${found}` };
    await rename(partial, path);
    return { path };
  } finally {
    await rm(partial, { force: true });
  }
}

async function fetchTo(url: string, path: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(downloadLimit) });
    if (!response.ok || response.body === null) return `HTTP status ${response.status}`;
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    return undefined;
  } catch (error) {
    return networkReason(error);
  }
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
