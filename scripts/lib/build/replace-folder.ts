import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orMissing } from '../../../src/io/files/or-missing.ts';

/**
 * Makes these files the folder's only ones. A task that runs from the folder meanwhile finds each file
 * either old or new, never half written. A file that is as it should be is not touched, so that several test runs
 * may ask for the same bundles at once.
 */
export async function replaceFolder(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) {
    if (await holds(join(folder, name), text)) continue;
    const draft = join(folder, `${name}.${process.pid}`);
    await writeFile(draft, text);
    await rename(draft, join(folder, name));
  }
  const wanted = new Set(files.map(({ name }) => name));
  const stale = (await readdir(folder)).filter((name) => !wanted.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function holds(path: string, text: string): Promise<boolean> {
  return (await orMissing(readFile(path, 'utf8'))) === text;
}
