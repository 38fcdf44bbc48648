import { normalize } from 'node:path/posix';
import { Minimatch } from 'minimatch';

/** One line of a .dockerignore file. */
export interface IgnorePattern {
  /** It begins with `!`: what it matches is sent after all. */
  readonly bringsBack: boolean;
  /** Of the path itself; folders above it are not looked at. */
  matches(path: string): boolean;
}

/** What a path is by all lines together, and by each of them. */
export interface PathVerdict {
  readonly isLeftOut: boolean;
  readonly byPattern: readonly boolean[];
}

const wildcards = { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true };

/** @param line trimmed, with plain wildcards alone; cleaned as moby/patternmatcher/ignorefile does */
export function ignorePattern(line: string): IgnorePattern {
  const bringsBack = line.startsWith('!');
  const cleaned = normalize(line.slice(bringsBack ? 1 : 0).trim());
  const glob = new Minimatch(cleaned.replace(/^\/(?=.)/, '').replace(/(?<=.)\/$/, ''), wildcards);
  return { bringsBack, matches: (path) => glob.match(path) };
}

/**
 * Of a path in a folder of which `above` is known. BuildKit asks a line only where its answer can change the
 * outcome, and what was not asked of a folder does not count below it (moby/patternmatcher, MatchesUsingParentResults).
 */
export function verdictOf(
  path: string,
  patterns: readonly IgnorePattern[],
  above: readonly boolean[],
): PathVerdict {
  let isLeftOut = false;
  const byPattern = patterns.map((pattern, at) => {
    const { bringsBack } = pattern;
    const isMatch = above[at] === true || (bringsBack === isLeftOut && pattern.matches(path));
    if (isMatch) isLeftOut = !bringsBack;
    return isMatch;
  });
  return { isLeftOut, byPattern };
}
