import { type Reading, fault } from './reading.ts';

/** A volume in the short form, taken apart. */
export interface VolumeForm {
  readonly type: 'bind' | 'volume';
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation?: string;
  readonly selinux?: string;
  /** Options that Docker passes over without a word. */
  readonly unknown: readonly string[];
}

const form = '[source:]target[:ro|rw|z|Z|nocopy|propagation]';
const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** `[source:]target[:options]` as compose-go reads it (format/volume.go), Windows drives included. */
export function readVolume(text: string): Reading<VolumeForm> {
  if (text === '') return fault('expected a volume, found nothing.', `Write ${form}.`);
  if (text.length <= 2) return { value: describe(undefined, text, []) };
  const parts = split(text);
  if (parts.includes('')) {
    return fault(`has an empty part between colons: "${text}".`, `Write ${form}.`);
  }
  if (parts.length > 3) return fault(`has too many colons: "${text}".`, `Write ${form}.`);
  const [first = '', second, options] = parts;
  if (second === undefined) return { value: describe(undefined, first, []) };
  return { value: describe(first, second, options?.split(',') ?? []) };
}

/** At colons, but neither in `${…}` nor behind a single letter, which would be a Windows drive. */
function split(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  Array.from(text).forEach((letter, at, letters) => {
    const part = parts.at(-1) ?? '';
    if (letter === '$' && letters[at + 1] === '{') depth += 1;
    else if (letter === '}' && depth > 0) depth -= 1;
    const isDrive = /^\p{L}$/u.test(part);
    if (letter === ':' && depth === 0 && !isDrive) parts.push('');
    else parts[parts.length - 1] = part + letter;
  });
  return parts;
}

function describe(
  source: string | undefined,
  target: string,
  options: readonly string[],
): VolumeForm {
  const last = (known: readonly string[]): string | undefined =>
    options.filter((option) => known.includes(option)).at(-1);
  const known = ['ro', 'rw', 'nocopy', 'z', 'Z', ...propagations];
  const propagation = last(propagations);
  const selinux = last(['z', 'Z']);
  return {
    type: source !== undefined && isPath(source) ? 'bind' : 'volume',
    ...(source === undefined ? {} : { source }),
    target,
    readOnly: last(['ro', 'rw']) === 'ro',
    noCopy: options.includes('nocopy'),
    ...(propagation === undefined ? {} : { propagation }),
    ...(selinux === undefined ? {} : { selinux }),
    unknown: options.filter((option) => !known.includes(option)),
  };
}

function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}
