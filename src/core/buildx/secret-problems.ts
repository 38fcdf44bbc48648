import type { Problem } from '../errors.ts';
import type { FileSource } from './value-source.ts';

/** The inputs whose lines name secrets. */
export type SecretInput = 'secrets' | 'ssh';

/** BuildKit refuses larger ones (moby/buildkit, session/secrets/secretsprovider/store.go). */
const limitBytes = 500 * 1024;

/** The problem of a secret's size in bytes; undefined when BuildKit takes it. */
export function sizeProblem(where: SecretInput, id: string, bytes: number): Problem | undefined {
  if (bytes > limitBytes) {
    const what = `"${id}" has ${bytes} bytes; BuildKit takes ${limitBytes} at most.`;
    return {
      where,
      what,
      change: 'Give the build a shorter one, e.g. a token instead of a bundle.',
    };
  }
  if (bytes > 0) return undefined;
  return { where, what: `The file of "${id}" is empty.`, change: 'Check what wrote it.' };
}

/** The problem of a file that is not there. */
export function missingFile(
  where: SecretInput,
  id: string,
  { path, secureFile }: FileSource,
): Problem {
  if (secureFile === undefined) {
    const what = `"${id}" comes from the file ${path}, which is not there.`;
    return { where, what, change: 'Check the path; it starts at the sources folder.' };
  }
  return {
    where,
    what: `"${id}" comes from the secure file "${secureFile}", which this job has not downloaded.`,
    change: `Add the task DownloadSecureFile@1 with secureFile: ${secureFile} to this job, and check the name.`,
  };
}

/** The problem of a variable that does not exist; nothing of a value is ever told. */
export function missingValue(where: SecretInput, id: string, from: string): Problem {
  const kind = from.startsWith('$') ? 'variable' : 'environment variable';
  return {
    where,
    what: `"${id}" comes from the ${kind} "${from.replace(/^(\$|env:)/, '')}", which is not set.`,
    change: 'Define it, or check its name; builds of forks are given no secrets.',
  };
}

/** The problems of ids that are given more than once. */
export function givenTwice(where: SecretInput, ids: readonly string[]): readonly Problem[] {
  const repeated = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  return repeated.map((id) => ({
    where,
    what: `"${id}" is given twice.`,
    change: 'Keep one line of it.',
  }));
}
