import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../../src/core/errors.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';

/** `docker.io`: the mirror is a pull-through proxy. `made`: it serves images made from Debian packages. */
export type ImageSource = 'docker.io' | 'made';

export const dockerHub = 'https://registry-1.docker.io';

const schema = v.object({ source: v.picklist(['docker.io', 'made']) });

/** The folder of the mirror's blobs and manifests, one for each source. */
export function mirrorStorage(source: ImageSource, cache: string = cacheFolder()): string {
  return join(cache, 'mirror', source);
}

/** The remembered decision, or undefined when there is none yet. Removing the file asks again. */
export async function rememberedSource(cache: string): Promise<ImageSource | undefined> {
  try {
    return v.parse(schema, JSON.parse(await readFile(fileIn(cache), 'utf8'))).source;
  } catch {
    return undefined;
  }
}

/** Remembers the decision for the next runs. */
export async function rememberSource(cache: string, source: ImageSource): Promise<void> {
  await mkdir(join(cache, 'mirror'), { recursive: true });
  const fresh = `${fileIn(cache)}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify({ source })}\n`);
  await rename(fresh, fileIn(cache));
}

/** @throws UserError when set-up has not decided yet. */
export async function decidedSource(): Promise<ImageSource> {
  const source = await rememberedSource(cacheFolder());
  if (source !== undefined) return source;
  const what = `Set-up was expected to have prepared the base images, but ${fileIn(cacheFolder())} is not there.`;
  throw new UserError([{ what, change: 'Run scripts/setup once.' }]);
}

function fileIn(cache: string): string {
  return join(cache, 'mirror', 'source.json');
}
