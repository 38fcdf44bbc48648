import { dirname } from 'node:path/posix';
import { type IgnorePattern, ignorePattern, verdictOf } from './ignore-pattern.ts';

/** Which paths of a context never reach the daemon. Paths are relative to it, with `/` between their parts. */
export interface IgnoreRules {
  leavesOut(path: string): boolean;
  /** Whether something below a folder that is left out may be sent all the same, by a `!` line. */
  mayKeepBelow(folder: string): boolean;
  /** A line that is not sure to be read here as BuildKit reads it; nothing is left out then. */
  readonly unsure?: string;
}

/** Letters, digits and the wildcards that minimatch and BuildKit read alike: `**` is a whole part of a path. */
const plainLine = /^!?(?!.*[^/!]\*\*)(?!.*\*\*[^/])[\w ./*?@~,=-]+$/;

/**
 * The rules of a .dockerignore file (moby/patternmatcher, ignorefile). The last line that matches a path, or
 * a folder above it, decides, but for lines that BuildKit does not ask (`verdictOf`).
 */
export function ignoreRules(text: string): IgnoreRules {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const unsure = lines.find((line) => !plainLine.test(line));
  if (unsure !== undefined) {
    return { leavesOut: () => false, mayKeepBelow: () => true, unsure };
  }
  const isLeftOut = judge(lines.map(ignorePattern));
  const kept = lines.filter((line) => line.startsWith('!')).map(literalStart);
  return {
    leavesOut: isLeftOut,
    mayKeepBelow: (folder) =>
      kept.some((start) => start.startsWith(`${folder}/`) || `${folder}/`.startsWith(start)),
  };
}

/** Judges a path from the top down; each folder once. */
function judge(patterns: readonly IgnorePattern[]): (path: string) => boolean {
  const folders = new Map<string, readonly boolean[]>([['.', []]]);
  const inside = (folder: string): readonly boolean[] => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const { byPattern } = verdictOf(folder, patterns, inside(dirname(folder)));
    folders.set(folder, byPattern);
    return byPattern;
  };
  return (path) => verdictOf(path, patterns, inside(dirname(path))).isLeftOut;
}

/** The part of a `!` line before its first wildcard, as the paths it can match begin. */
function literalStart(line: string): string {
  const pattern = line
    .slice(1)
    .trim()
    .replace(/^\.?\/+/, '');
  return pattern.replace(/[*?].*$/, '');
}

/** Where the rules are looked for, the first file that exists wins (BuildKit, frontend/dockerui/config.go). */
export function ignoreFiles(context: string, dockerfile: string): readonly string[] {
  return [`${dockerfile}.dockerignore`, `${context}/.dockerignore`];
}
