import { Minimatch } from 'minimatch';

/** Whether a path is a pattern rather than a name. */
export function isGlob(path: string): boolean {
  return /[*?]|\[.+\]|\{.+\}/.test(path);
}

/** The paths that a pattern matches, in their order; a pattern without wildcards matches itself. */
export function matching(pattern: string, paths: readonly string[]): readonly string[] {
  const glob = new Minimatch(pattern, { dot: true, nonegate: true, nocomment: true });
  return paths.filter((path) => glob.match(path));
}
