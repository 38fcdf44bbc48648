import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError, type Options } from './options.ts';

/** Looks at the folders the command line names before anything is made. @throws UsageError with all that are missing */
export function checkFolders({ repository, json }: Options): void {
  const wanted: readonly (readonly [option: string, folder: string | null])[] = [
    ['--repository', repository],
    ['the folder of --json', json && dirname(json)],
  ];
  const missing = wanted.flatMap(([option, folder]) =>
    folder === null || isFolder(folder) ? [] : [`${option} is no folder: ${folder}`],
  );
  if (missing.length > 0) throw new UsageError(missing.join('; '));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
