import { unzipSync, zipSync } from 'fflate';
import type { PackageFile } from './package-file.ts';

/** The zip format counts from 1980 in local time, so this is written alike in every time zone. */
const mtime = new Date(1980, 0, 1);
const unix = 3;
const ownerWrites = 0o100644 << 16;

/** The files of a zip; entries for folders are left out, as paths name them. */
export function unzip(zip: Uint8Array): readonly PackageFile[] {
  return Object.entries(unzipSync(zip))
    .filter(([path]) => !path.endsWith('/'))
    .map(([path, content]) => ({ path, content }));
}

/** Zips files so that equal files give equal bytes: sorted, with fixed times and attributes. */
export function zipReproducibly(files: readonly PackageFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const options = { mtime, os: unix, attrs: ownerWrites, level: 9 } as const;
  return zipSync(Object.fromEntries(sorted.map(({ path, content }) => [path, [content, options]])));
}
