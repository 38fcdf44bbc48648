import { promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContextEntry } from '../../core/context/context-file.ts';
import type { IgnoreRules } from '../../core/context/ignore-rules.ts';
import type { ContextFolder } from '../../ports/context-folder.ts';
import { readDigests } from './context-digests.ts';
import { copyEntries, finishFolders, setTimes } from './copied-folder.ts';

/** Folders of this machine. */
export const nodeContextFolder: ContextFolder = {
  list: async (root, rules, limit) => {
    const found: ContextEntry[] = [];
    await walk('', { root, rules, limit, found });
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
  index: readDigests,
  copy: async (root, entries, target, timeOf) => {
    await copyEntries(root, entries, target);
    const copied = await readDigests(target, entries);
    await setTimes(target, copied, timeOf);
    await finishFolders(root, entries, target);
    return copied;
  },
  realPath: (path) => fs.realpath(path),
  link: async (folder, path) => {
    await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await fs.symlink(folder, path);
  },
};

interface Walk {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly limit: number;
  readonly found: ContextEntry[];
}

async function walk(folder: string, search: Walk): Promise<void> {
  const { root, rules, limit, found } = search;
  for (const entry of await fs.readdir(join(root, folder), { withFileTypes: true })) {
    if (found.length > limit) return;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const isLeftOut = rules.leavesOut(path);
    if (!entry.isDirectory()) {
      if (!isLeftOut) found.push(await described(root, path, entry));
      continue;
    }
    if (isLeftOut && !rules.mayKeepBelow(path)) continue;
    const before = found.length;
    await walk(path, search);
    if (!isLeftOut || found.length > before) found.push({ path, kind: 'directory', bytes: 0 });
  }
}

async function described(
  root: string,
  path: string,
  entry: { isFile(): boolean; isSymbolicLink(): boolean },
): Promise<ContextEntry> {
  if (entry.isFile()) return { path, kind: 'file', bytes: (await fs.stat(join(root, path))).size };
  return { path, kind: entry.isSymbolicLink() ? 'symlink' : 'other', bytes: 0 };
}
