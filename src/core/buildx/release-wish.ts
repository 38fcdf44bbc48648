import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { isNewEnough, minimumBuildx } from './buildx-version.ts';

/** The one buildx that a step wants. */
export interface BuildxWish {
  /** e.g. `0.36.1`. */
  readonly version: string;
  /** SHA-256 (hex) as the user gives it, for versions that our table does not have. */
  readonly sha256?: string;
  /** Where the release files lie instead of github.com. */
  readonly source?: BuildxSource;
}

export type BuildxSource =
  | { readonly kind: 'mirror'; readonly url: string }
  | { readonly kind: 'folder'; readonly path: string };

/** The two inputs as text; unset ones are undefined. */
export interface BuildxInputs {
  readonly buildxVersion: string | undefined;
  readonly buildxSource: string | undefined;
}

/** Undefined when no version is wanted: then nothing is ever downloaded. */
export function parseBuildxWish(
  { buildxVersion, buildxSource }: BuildxInputs,
  sourcesDirectory: string,
): Parsed<BuildxWish | undefined> {
  const source = parseSource(buildxSource, sourcesDirectory);
  if (buildxVersion === undefined) return withoutVersion(source);
  const wanted = parseVersion(buildxVersion);
  if (!wanted.ok || !source.ok) return rejected(...problemsOf([wanted, source]));
  return parsed({
    ...wanted.value,
    ...(source.value === undefined ? {} : { source: source.value }),
  });
}

function withoutVersion(source: Parsed<BuildxSource | undefined>): Parsed<undefined> {
  if (!source.ok) return source;
  if (source.value === undefined) return parsed(undefined);
  return rejected({
    where: 'buildxSource',
    what: 'A source is given, but no version to take from it.',
    change: 'Set buildxVersion, or leave this input empty.',
  });
}

function parseVersion(text: string): Parsed<Omit<BuildxWish, 'source'>> {
  const where = 'buildxVersion';
  const macro = undefinedVariable(where, text);
  if (macro !== undefined) return rejected(macro);
  const match = /^v?(\d+\.\d+\.\d+(?:-[\w.]+)?)(?:@sha256:([0-9a-f]{64}))?$/i.exec(text);
  const version = match?.[1];
  if (version === undefined) {
    const what = `Expected an exact version such as 0.36.1, or 0.36.1@sha256:<64 hex digits>, found "${text}".`;
    const change =
      'Name one of https://github.com/docker/buildx/releases: a pipeline shall not change by itself.';
    return rejected({ where, what, change });
  }
  if (!isNewEnough(version)) {
    const what = `Expected buildx ${minimumBuildx} or newer, found ${version}.`;
    return rejected({ where, what, change: 'Choose a newer one.' });
  }
  const sha256 = match?.[2]?.toLowerCase();
  return parsed({ version, ...(sha256 === undefined ? {} : { sha256 }) });
}

function parseSource(
  text: string | undefined,
  sourcesDirectory: string,
): Parsed<BuildxSource | undefined> {
  const where = 'buildxSource';
  if (text === undefined) return parsed(undefined);
  const macro = undefinedVariable(where, text);
  if (macro !== undefined) return rejected(macro);
  if (/^https?:\/\//i.test(text)) {
    if (URL.canParse(text)) return parsed({ kind: 'mirror', url: text });
    const what = 'Expected a URL, found one without a valid host.';
    return rejected({ where, what, change: 'Correct it: https://host/path.' });
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined) {
    const what = `Expected https://, http:// or a folder, found "${scheme}://".`;
    return rejected({ where, what, change: 'Use one of these.' });
  }
  return parsed({
    kind: 'folder',
    path: text.startsWith('/') ? text : `${sourcesDirectory}/${text}`,
  });
}
