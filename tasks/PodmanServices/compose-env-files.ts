import { join, relative, resolve } from 'node:path/posix';
import { readEnvFile } from '../../src/core/compose/env-file.ts';
import type { Variables } from '../../src/core/compose/interpolate.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Inputs } from './inputs.ts';
import type { ServicesPorts } from './services-ports.ts';

export type FilePorts = Pick<ServicesPorts, 'host' | 'files'>;

/** Which files make up the project, and where they begin. */
export interface Place {
  readonly sources: string;
  readonly inputs: Inputs;
  /** The surroundings, without any env file. */
  readonly given: Variables;
  readonly ports: FilePorts;
}

/** The surroundings, and below them the env files: the last one wins among these. */
export async function withEnvFiles(folder: string, place: Place): Promise<Variables> {
  const { inputs, given, sources, ports } = place;
  const named = inputs.envFile.length > 0 ? inputs.envFile : listed(given('COMPOSE_ENV_FILES'));
  const isOff = /^(?:1|t|true)$/i.test(given('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const usual = isOff ? [] : [join(folder, '.env')];
  const paths = named.length > 0 ? named.map((file) => resolve(sources, file)) : usual;
  const values = new Map<string, string>();
  const lookup: Variables = (name) => given(name) ?? values.get(name);
  for (const path of paths) {
    const isThere = (await ports.files.exists(path)) === 'file';
    if (!isThere && named.length > 0) throw missing(path);
    const text = isThere ? await ports.files.readText(path) : undefined;
    if (text === undefined) continue;
    const file = { path, label: shown(path, sources), text };
    const problems = readEnvFile(file, given, values);
    if (problems.length > 0) throw new UserError(problems);
  }
  return lookup;
}

function missing(path: string): UserError {
  const what = `There is no file ${path}.`;
  return new UserError([{ where: 'envFile', what, change: 'Mend the path.' }]);
}

/** The parts of a text, blanks around them gone. */
export function listed(text: string | undefined, separator = ','): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A path as it is shown: below the sources folder where it lies there. */
export function shown(path: string, sources: string): string {
  return path.startsWith(`${sources}/`) ? relative(sources, path) : path;
}
