import dockerignore from '@balena/dockerignore';

/** Which paths of a context never reach the daemon. Paths are relative to it, with `/` between their parts. */
export interface IgnoreRules {
  leavesOut(path: string): boolean;
  /** Whether something below a folder that is left out may be sent all the same, by a `!` line. */
  mayKeepBelow(folder: string): boolean;
  /** A line that is not sure to be read here as BuildKit reads it; nothing is left out then. */
  readonly unsure?: string;
}

/** Letters, digits and the wildcards that the library and BuildKit read alike. */
const plainLine = /^!?[\w ./*?@~,=-]*$/;

/**
 * The rules of a .dockerignore file (moby/patternmatcher, ignorefile). The last line that matches a path, or
 * a folder above it, decides.
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
  const library = dockerignore.default({ ignorecase: false }).add([...lines]);
  const kept = lines.filter((line) => line.startsWith('!')).map(literalStart);
  return {
    leavesOut: (path) => library.ignores(path),
    mayKeepBelow: (folder) =>
      kept.some((start) => start.startsWith(`${folder}/`) || `${folder}/`.startsWith(start)),
  };
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
