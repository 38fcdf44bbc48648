import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Every executable file of that name on a PATH, in its order; relative entries are ignored. */
export function executablesNamed(name: string, path: string = process.env['PATH'] ?? ''): string[] {
  const folders = new Set(path.split(':').filter(isAbsolute));
  return [...folders].map((folder) => join(folder, name)).filter(isExecutableFile);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
