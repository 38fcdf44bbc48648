import type { Metafile } from 'esbuild';
import type { Problem } from '../../../src/core/errors.ts';

/** The folders of npm packages that are in a bundle, such as `node_modules/execa`, sorted. */
export function packageFolders({ inputs }: Pick<Metafile, 'inputs'>): readonly string[] {
  const files = Object.keys(inputs).filter((path) => !isOfPlugin(path));
  const folders = files.flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** A problem unless the package is in the bundle exactly once. */
export function copyProblems(
  metafile: Pick<Metafile, 'inputs'>,
  name: string,
  bundle: string,
): readonly Problem[] {
  const copies = packageFolders(metafile).filter((folder) =>
    folder.endsWith(`node_modules/${name}`),
  );
  if (copies.length === 1) return [];
  const found = copies.length === 0 ? 'none' : copies.join(', ');
  return [
    {
      where: bundle,
      what: `Expected one copy of ${name}, found ${found}.`,
      change: 'Pin one version in package.json, or add an "overrides" entry.',
    },
  ];
}

/** What a plugin makes up is listed as `namespace:path`. */
function isOfPlugin(path: string): boolean {
  return /^[\w-]+:/.test(path);
}
