import { constants, promises as fs } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { ContextEntry, ContextFile } from '../../core/context/context-file.ts';

const atOnce = 8;
/** Folders hold no content of their own, so theirs may be constant. 2000-01-01, seconds since the epoch. */
const folderTime = 946_684_800;

/** Copies that share their blocks with the original, where the file system can. */
const copyMode = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

/** Folders can be written to until `finishFolders`. */
export async function copyEntries(
  root: string,
  entries: readonly ContextEntry[],
  target: string,
): Promise<void> {
  await fs.mkdir(target, { recursive: true, mode: 0o700 });
  for (const path of pathsOf('directory', entries)) {
    await fs.mkdir(join(target, path), { mode: 0o700 });
  }
  for (const path of pathsOf('symlink', entries)) {
    await fs.symlink(await fs.readlink(join(root, path)), join(target, path));
  }
  const limit = pLimit(atOnce);
  await Promise.all(
    pathsOf('file', entries).map((path) =>
      limit(() => fs.copyFile(join(root, path), join(target, path), copyMode)),
    ),
  );
}

/** @param timeOf seconds since the epoch, for the digest of a file or link */
export async function setTimes(
  target: string,
  copied: readonly ContextFile[],
  timeOf: (digest: string) => number,
): Promise<void> {
  for (const { path, digest } of copied) {
    await fs.lutimes(join(target, path), folderTime, timeOf(digest));
  }
}

/**
 * Modes and times of folders, from the deepest: each change below one sets its time.
 * @throws Error for a folder that its owner could not empty later
 */
export async function finishFolders(
  root: string,
  entries: readonly ContextEntry[],
  target: string,
): Promise<void> {
  for (const path of ['', ...pathsOf('directory', entries)].reverse()) {
    const { mode } = await fs.stat(join(root, path));
    if ((mode & 0o700) !== 0o700) throw new Error(`its folder ${path} cannot be written to`);
    await fs.chmod(join(target, path), mode & 0o7777);
    await fs.utimes(join(target, path), folderTime, folderTime);
  }
}

function pathsOf(kind: ContextEntry['kind'], entries: readonly ContextEntry[]): readonly string[] {
  return entries.filter((entry) => entry.kind === kind).map(({ path }) => path);
}
