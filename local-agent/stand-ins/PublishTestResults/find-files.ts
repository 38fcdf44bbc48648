import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Minimatch } from 'minimatch';

/**
 * Files under `folder` that match the patterns, one per line: a pattern that starts with "!" takes files out again.
 * Relative patterns start at `folder`. Sorted, absolute.
 */
export function findFiles(folder: string, patterns: string): string[] {
  const all = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const found = new Set<string>();
  for (const pattern of patterns
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')) {
    const excludes = pattern.startsWith('!');
    const glob = new Minimatch(excludes ? pattern.slice(1) : pattern, {
      dot: true,
      nonegate: true,
      nocomment: true,
    });
    const matches = all.filter((file) => glob.match(file) || glob.match(relative(folder, file)));
    for (const file of matches) {
      if (excludes) found.delete(file);
      else found.add(file);
    }
  }
  return [...found].sort();
}
