import type { Dirent } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../../ports/files.ts';
import { orMissing } from './or-missing.ts';

const ownerOnly = { file: 0o600, directory: 0o700 };

/** On the disk; `node:fs` loads its promises with the first call, which a step's start need not pay for. */
export const nodeFiles: Files = {
  readText: (path) => orMissing(fs.readFile(path, 'utf8')),
  writeText: async (path, text, mode = ownerOnly.file) => {
    await fs.mkdir(dirname(path), { recursive: true, mode: ownerOnly.directory });
    const draft = `${path}.${randomUUID()}`;
    await fs.writeFile(draft, text, { mode, flag: 'wx' });
    await fs.rename(draft, path);
  },
  appendText: async (path, text) => {
    await fs.mkdir(dirname(path), { recursive: true, mode: ownerOnly.directory });
    await fs.appendFile(path, text, { mode: ownerOnly.file });
  },
  canWrite: (path) =>
    fs.access(path, fs.constants.W_OK).then(
      () => true,
      () => false,
    ),
  size: async (path) => (await orMissing(fs.stat(path)))?.size,
  changedAt: (path) =>
    fs.stat(path).then(
      ({ ctimeMs }) => ctimeMs,
      () => undefined,
    ),
  makeDirectory: async (path, mode = ownerOnly.directory) => {
    await fs.mkdir(path, { recursive: true, mode });
  },
  remove: (path) => fs.rm(path, { recursive: true, force: true }),
  exists: async (path) => {
    const found = await orMissing(fs.stat(path));
    if (found === undefined) return undefined;
    return found.isDirectory() ? 'directory' : 'file';
  },
  list: async (path) => ((await orMissing(fs.readdir(path))) ?? []).sort(),
  listBelow: async (path, without) => [...(await filesBelow(path, without))].sort(),
};

/** More files than this are no sources: a root folder was taken for them. */
const mostFiles = 100_000;

async function filesBelow(root: string, without: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await entriesOf(join(root, folder))) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) found.push(path);
      else if (!without.includes(entry.name)) folders.push(path);
    }
    if (found.length > mostFiles) break;
  }
  return found.slice(0, mostFiles);
}

/** None where it is gone or cannot be read, whatever the reason: this serves searches. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return fs.readdir(folder, { withFileTypes: true }).catch(() => []);
}
