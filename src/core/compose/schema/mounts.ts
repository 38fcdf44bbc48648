import * as v from 'valibot';
import { knownKeys } from '../known-keys.ts';
import { type Reading, fault, readBy } from '../reading.ts';
import { readVolume } from '../volume-form.ts';
import { mapping } from './mappings.ts';
import { bytes, flag, oneOf, text, whole } from './scalars.ts';

/** Reached only by a short form that could not be made long. */
const unreadable = readBy((input): Reading<never> => {
  const read = readVolume(String(input));
  if (!('value' in read)) return read;
  return fault('expected a volume.', 'Write [source:]target[:ro], or the long form.');
});

const mode = v.lazy((input) => (typeof input === 'string' ? octal : whole));

const octal = readBy((input) => {
  const digits = String(input);
  if (/^[0-7]+$/.test(digits)) return { value: Number.parseInt(digits, 8) };
  return fault(`expected a file mode, found "${digits}".`, 'Write it like 0440.');
});

const longVolume = knownKeys({
  type: oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
  source: v.optional(text),
  target: v.optional(text),
  read_only: v.optional(flag, false),
  consistency: v.optional(text),
  bind: v.optional(
    knownKeys({
      propagation: v.optional(text),
      create_host_path: v.optional(flag),
      recursive: v.optional(oneOf('enabled', 'disabled', 'writable', 'readonly')),
      selinux: v.optional(oneOf('z', 'Z')),
    }),
  ),
  volume: v.optional(
    knownKeys({
      labels: v.optional(mapping),
      nocopy: v.optional(flag),
      subpath: v.optional(text),
    }),
  ),
  tmpfs: v.optional(
    knownKeys({ size: v.optional(bytes), mode: v.optional(v.pipe(v.number(), v.integer())) }),
  ),
  image: v.optional(knownKeys({ subpath: v.optional(text) })),
});

export type VolumeInput = v.InferOutput<typeof longVolume>;

export const volumes = v.array(
  v.lazy((input) => (typeof input === 'string' ? unreadable : longVolume)),
);

const fileMount = knownKeys({
  source: v.optional(text),
  target: v.optional(text),
  uid: v.optional(text),
  gid: v.optional(text),
  mode: v.optional(mode),
});

export type FileMountInput = v.InferOutput<typeof fileMount>;

/** `secrets` and `configs` of a service. */
export const fileMounts = v.array(fileMount);

export const devices = v.array(
  v.lazy((input) =>
    typeof input === 'string'
      ? readBy((): Reading<never> =>
          fault(`expected source[:target[:rwm]], found "${input}".`, 'Mend it.'),
        )
      : knownKeys({
          source: text,
          target: v.optional(text),
          permissions: v.optional(text),
        }),
  ),
);
