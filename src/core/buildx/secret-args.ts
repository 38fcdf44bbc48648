import { csvField } from '../text/csv-field.ts';
import type { BuildSecret } from './build-request.ts';
import type { SshForward } from './ssh-lines.ts';

/** Options for secrets and keys, with everything that must stay out of them beside. */
export interface SecretArguments {
  /** Never hold a secret's value. */
  readonly args: readonly string[];
  /** Holds the secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** The same names with where the values come from. */
  readonly shown: Readonly<Record<string, string>>;
  /** Files to write (0600), by path; they hold secrets. */
  readonly files: Readonly<Record<string, string>>;
}

export interface SecretPlace {
  /** In front of the environment names of secrets, so that they meet no name of the user's. */
  readonly secretPrefix: string;
  /** Folder for secrets that do not fit into the environment, and for keys; absolute. */
  readonly secretsFolder: string;
}

/** Linux takes 128 KiB for one variable with its name; above this a secret goes into a file. */
const environmentLimitBytes = 100 * 1024;

/** A secret as buildx is told of it, with everything that must stay out of an argument beside. */
export interface PlacedSecret extends Omit<SecretArguments, 'args'> {
  /** `id`, and `env` or `src`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a secret reaches buildx: in its environment, or as a file (docker docs, build secrets). */
export function placedSecret(
  { id, source }: BuildSecret,
  at: number,
  place: SecretPlace,
): PlacedSecret {
  const nothing = { env: {}, shown: {}, files: {} };
  if (source.kind === 'file') return { ...nothing, attributes: { id, src: source.path } };
  if (fitsEnvironment(source.value)) {
    const name = `${place.secretPrefix}${at}`;
    return {
      ...nothing,
      attributes: { id, env: name },
      env: { [name]: source.value },
      shown: { [name]: source.from },
    };
  }
  const path = `${place.secretsFolder}/${at}`;
  return { ...nothing, attributes: { id, src: path }, files: { [path]: source.value } };
}

/** The same as an option. */
export function secretArguments(
  secret: BuildSecret,
  at: number,
  place: SecretPlace,
): SecretArguments {
  const { attributes, ...beside } = placedSecret(secret, at, place);
  const fields = Object.entries(attributes).map(([name, value]) =>
    name === 'id' ? `id=${value}` : csvField(`${name}=${value}`),
  );
  return { ...beside, args: ['--secret', fields.join(',')] };
}

/** Keys are read from files by buildx alone, so that one from a variable is written to a private one. */
export function sshArguments(
  { id, key }: SshForward,
  at: number,
  { secretsFolder }: SecretPlace,
): SecretArguments {
  if (key === undefined) return option('--ssh', id);
  if (key.kind === 'file') return option('--ssh', `${id}=${key.path}`);
  const path = `${secretsFolder}/key-${at}`;
  return { ...option('--ssh', `${id}=${path}`), files: { [path]: `${key.value.trim()}\n` } };
}

function option(name: string, value: string): SecretArguments {
  return { args: [name, value], env: {}, shown: {}, files: {} };
}

function fitsEnvironment(value: string): boolean {
  return !value.includes('\0') && Buffer.byteLength(value) <= environmentLimitBytes;
}
