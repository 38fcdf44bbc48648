import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from './generated-file.ts';

/** Paths of those files that are missing or differ from what would be generated. */
export async function staleFiles(
  root: string,
  files: readonly GeneratedFile[],
): Promise<readonly string[]> {
  const stale = await Promise.all(
    files.map(async ({ path, content }) => {
      const found = await readFile(join(root, path)).catch(() => undefined);
      return found?.equals(Buffer.from(content)) === true ? [] : [path];
    }),
  );
  return stale.flat();
}

export async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
