import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files } from '../../ports/files.ts';

const ownerOnly = { file: 0o600, directory: 0o700 };

export const nodeFiles: Files = {
  readText: (path) => orMissing(readFile(path, 'utf8')),
  writeText: async (path, text, mode = ownerOnly.file) => {
    await mkdir(dirname(path), { recursive: true, mode: ownerOnly.directory });
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, text, { mode, flag: 'wx' });
    await rename(draft, path);
  },
  size: async (path) => (await orMissing(stat(path)))?.size,
  makeDirectory: async (path, mode = ownerOnly.directory) => {
    await mkdir(path, { recursive: true, mode });
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
  exists: async (path) => {
    const found = await orMissing(stat(path));
    if (found === undefined) return undefined;
    return found.isDirectory() ? 'directory' : 'file';
  },
  list: async (path) => ((await orMissing(readdir(path))) ?? []).sort(),
};

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
