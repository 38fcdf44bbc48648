import { copyFile, lstat, mkdir, readdir, readlink, rm, symlink, chmod } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';

/**
 * `checkout: self`: puts the repository's files into `target`, as a fresh clone would have them: all that git tracks
 * or would track, with their modes and new modification times, but without `.git`. Outside a git repository: all files.
 * The agent's own work folder is left out, should it lie inside. Answers how many files there were.
 */
export async function checkout(
  repository: string,
  { target, work }: { target: string; work: string },
): Promise<number> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const files = (await gitFiles(repository)) ?? (await allFiles(repository));
  let count = 0;
  const own = `${relative(repository, work)}/`;
  for (const file of files.filter((name) => !name.startsWith(own))) {
    if (await copyEntry(join(repository, file), join(target, file))) count += 1;
  }
  return count;
}

/** Tracked files and those that are new but not ignored; null outside a repository. */
async function gitFiles(folder: string): Promise<string[] | null> {
  const args = [
    '-C',
    folder,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ];
  const { stdout, failed } = await execa('git', args, { reject: false, stdin: 'ignore' });
  return failed ? null : stdout.split('\0').filter((file) => file !== '');
}

async function allFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** False for what is no file or link any more: tracked but deleted, or a submodule. */
async function copyEntry(from: string, to: string): Promise<boolean> {
  const stats = await lstat(from).catch(() => null);
  if (!stats || !(stats.isFile() || stats.isSymbolicLink())) return false;
  await mkdir(dirname(to), { recursive: true });
  if (stats.isSymbolicLink()) await symlink(await readlink(from), to);
  else {
    await copyFile(from, to);
    await chmod(to, stats.mode & 0o777);
  }
  return true;
}
