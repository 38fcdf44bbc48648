import { csvField } from '../text/csv-field.ts';
import type { BuildSecret } from './build-request.ts';

/** A `--secret` of the command, with its value beside it. */
export interface SecretArgument {
  /** The option's value; never the secret's. */
  readonly option: string;
  /** Holds the secret. */
  readonly env: Readonly<Record<string, string>>;
  /** The same names with where the values come from. */
  readonly shown: Readonly<Record<string, string>>;
  /** Files to write (0600), by path; they hold the secret. */
  readonly file: Readonly<Record<string, string>>;
}

export interface SecretPlace {
  /** In front of the environment names of secrets, so that they meet no name of the user's. */
  readonly secretPrefix: string;
  /** Folder for secrets that do not fit into the environment; absolute. */
  readonly secretsFolder: string;
}

/** Linux takes 128 KiB for one variable with its name; above this a secret goes into a file. */
const environmentLimitBytes = 100 * 1024;

/** How a secret reaches buildx: in its environment, or as a file (docker docs, build secrets). */
export function secretArgument(
  { id, source }: BuildSecret,
  at: number,
  place: SecretPlace,
): SecretArgument {
  const nothing = { env: {}, shown: {}, file: {} };
  if (source.kind === 'file') return { ...nothing, option: fileOption(id, source.path) };
  if (fitsEnvironment(source.value)) {
    const name = `${place.secretPrefix}${at}`;
    const shown = { [name]: source.from };
    return { ...nothing, option: `id=${id},env=${name}`, env: { [name]: source.value }, shown };
  }
  const path = `${place.secretsFolder}/${at}`;
  return { ...nothing, option: fileOption(id, path), file: { [path]: source.value } };
}

function fileOption(id: string, path: string): string {
  return `id=${id},${csvField(`src=${path}`)}`;
}

function fitsEnvironment(value: string): boolean {
  return !value.includes('\0') && Buffer.byteLength(value) <= environmentLimitBytes;
}
