/** What we read from `toolchain/go.mod`: the one place where versions are written. */
export interface GoModule {
  /** The oldest Go that can build it, such as `1.26.8`. */
  readonly goVersion: string;
  /** Version by module path, such as `v0.32.2` by `github.com/moby/buildkit`. */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * Reads the `go` line and every required module with its version (Go Modules Reference, go.mod files).
 * @throws Error when there is no `go` line.
 */
export function parseGoModule(text: string): GoModule {
  const goVersion = /^go (\S+)$/m.exec(text)?.[1];
  if (goVersion === undefined) throw new Error('go.mod has no "go" line.');
  const requirements = text.matchAll(/^(?:require)?\s+([\w.~-]+(?:\/[\w.~-]+)+) (v\S+)/gm);
  const versions = new Map<string, string>();
  for (const [, path, version] of requirements) {
    if (path !== undefined && version !== undefined) versions.set(path, version);
  }
  return { goVersion, versions };
}
