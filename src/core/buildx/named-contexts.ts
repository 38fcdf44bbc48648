import { resolve } from 'node:path/posix';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { isRemoteContext } from './context-place.ts';

/** A `--build-context`: a name for `FROM` and `COPY --from`, and where its files come from. */
export interface NamedContext {
  readonly name: string;
  /** Absolute path, URL, `docker-image://…` or `oci-layout://…`. */
  readonly value: string;
  /** The folder that must be there; undefined for what the daemon fetches. */
  readonly folder: string | undefined;
}

const where = 'buildContexts';

/** `name=folder`, `name=URL`, `name=docker-image://ref` or `name=oci-layout://folder[:tag|@digest]`, one a line. */
export function parseNamedContexts(
  lines: readonly string[],
  sourcesFolder: string,
): Parsed<readonly NamedContext[]> {
  const results = lines.map((line) => readContext(line, sourcesFolder));
  const contexts = results.flatMap((result) => (result.ok ? [result.value] : []));
  const names = contexts.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  const problems = [...problemsOf(results), ...(twice === undefined ? [] : [givenTwice(twice)])];
  return problems.length > 0 ? rejected(...problems) : parsed(contexts);
}

function readContext(line: string, sourcesFolder: string): Parsed<NamedContext> {
  const undefinedMacro = undefinedVariable(where, line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  const [, name, value = ''] = /^([^=\s]+)=(\S.*)$/.exec(line) ?? [];
  if (name === undefined) return rejected(malformed(line));
  if (isRemoteContext(value) || value.startsWith('docker-image://')) {
    return parsed({ name, value, folder: undefined });
  }
  const layout = /^oci-layout:\/\/([^@]+?)((?::[\w.-]+)?(?:@.+)?)$/.exec(value);
  const [, path = value, version = ''] = layout ?? [];
  const folder = resolve(sourcesFolder, path);
  return parsed({
    name,
    folder,
    value: layout === null ? folder : `oci-layout://${folder}${version}`,
  });
}

function malformed(line: string): Problem {
  return {
    where,
    what: `Expected name=folder, name=URL, name=docker-image://ref or name=oci-layout://folder, found "${line}".`,
    change: 'Write one context a line, e.g. shared=libs/shared.',
  };
}

function givenTwice(name: string): Problem {
  return { where, what: `The context "${name}" is given twice.`, change: 'Keep one line of it.' };
}
