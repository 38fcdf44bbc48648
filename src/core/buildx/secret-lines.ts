import { resolve } from 'node:path/posix';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import type { BuildSecret } from './build-request.ts';

/** Where values come from, by name; undefined when there is none. */
export interface ValueSources {
  readonly variable: (name: string) => string | undefined;
  readonly environment: (name: string) => string | undefined;
  /** Absolute; relative paths start here. */
  readonly sourcesFolder: string;
}

/** BuildKit refuses larger ones (moby/buildkit, session/secrets/secretsprovider/store.go). */
const limitBytes = 500 * 1024;
const where = 'secrets';

/** `id=$variable`, `id=env:NAME` or `id=file:PATH`, one a line; nothing of a value is ever told. */
export function parseSecrets(
  lines: readonly string[],
  sources: ValueSources,
): Parsed<readonly BuildSecret[]> {
  const results = lines.map((line) => readSecret(line, sources));
  const secrets = results.flatMap((result) => (result.ok ? [result.value] : []));
  const problems = [...problemsOf(results), ...twice(secrets)];
  return problems.length > 0 ? rejected(...problems) : parsed(secrets);
}

/** A file that a line names. */
export interface SecretFile {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
}

/** The files among the sources, also when other lines have problems: all are told at once. */
export function secretFilesIn(
  lines: readonly string[],
  sourcesFolder: string,
): readonly SecretFile[] {
  return lines.flatMap((line) => {
    const [, id, path] = /^([\w.-]+)=file:\s*(\S.*)$/.exec(line) ?? [];
    if (id === undefined || path === undefined) return [];
    return [{ id, path: resolve(sourcesFolder, path.trim()) }];
  });
}

/** The problem of a secret's size in bytes; undefined when BuildKit takes it. */
export function sizeProblem(id: string, bytes: number): Problem | undefined {
  if (bytes <= limitBytes) return undefined;
  const what = `Secret "${id}" has ${bytes} bytes; BuildKit takes ${limitBytes} at most.`;
  return { where, what, change: 'Give the build a shorter one, e.g. a token instead of a bundle.' };
}

function readSecret(line: string, sources: ValueSources): Parsed<BuildSecret> {
  const undefinedMacro = undefinedVariable(where, line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  const id = /^([\w.-]+)=/.exec(line)?.[1];
  if (id === undefined) return rejected(malformed('A line'));
  const source = line.slice(id.length + 1);
  if (source.startsWith('file:')) return fileSecret(id, source.slice(5).trim(), sources);
  if (source.startsWith('env:')) {
    const name = source.slice(4).trim();
    return valueSecret(id, `env:${name}`, sources.environment(name));
  }
  if (/^\$[\w.-]+$/.test(source)) {
    return valueSecret(id, source, sources.variable(source.slice(1)));
  }
  return rejected(malformed(`The line of "${id}"`));
}

function fileSecret(
  id: string,
  path: string,
  { sourcesFolder }: ValueSources,
): Parsed<BuildSecret> {
  if (path === '') return rejected(malformed(`The line of "${id}"`));
  return parsed({ id, source: { kind: 'file', path: resolve(sourcesFolder, path) } });
}

function valueSecret(id: string, from: string, value: string | undefined): Parsed<BuildSecret> {
  if (value === undefined || value === '') return rejected(missing(id, from));
  const tooLarge = sizeProblem(id, Buffer.byteLength(value));
  if (tooLarge !== undefined) return rejected(tooLarge);
  return parsed({ id, source: { kind: 'value', value, from } });
}

/** The line itself may hold the secret: `id=$(variable)` arrives with the value in place. */
function malformed(subject: string): Problem {
  return {
    where,
    what: `${subject} is not id=$variable, id=env:NAME or id=file:PATH.`,
    change: 'Write the name of the variable without parentheses, e.g. npm_token=$npmToken.',
  };
}

function missing(id: string, from: string): Problem {
  const kind = from.startsWith('$') ? 'variable' : 'environment variable';
  return {
    where,
    what: `Secret "${id}" comes from the ${kind} "${from.replace(/^(\$|env:)/, '')}", which is not set.`,
    change: 'Define it, or check its name; builds of forks are given no secrets.',
  };
}

function twice(secrets: readonly BuildSecret[]): readonly Problem[] {
  const ids = secrets.map(({ id }) => id);
  const repeated = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  return repeated.map((id) => ({
    where,
    what: `Secret "${id}" is given twice.`,
    change: 'Keep one line of it.',
  }));
}
