import * as v from 'valibot';
import { knownKeys } from '../known-keys.ts';
import { fileMounts } from './mounts.ts';
import { ulimits } from './limits.ts';
import { extraHosts, mapping } from './mappings.ts';
import { bytes, flag, text, textOrList, texts } from './scalars.ts';

const flagOrText = v.lazy((input) => (typeof input === 'boolean' ? v.boolean() : text));

/** `build` of a service. */
export const build = knownKeys({
  context: v.optional(text),
  dockerfile: v.optional(text),
  dockerfile_inline: v.optional(text),
  entitlements: v.optional(texts),
  args: v.optional(mapping),
  ssh: v.optional(mapping),
  labels: v.optional(mapping),
  cache_from: v.optional(texts),
  cache_to: v.optional(texts),
  no_cache: v.optional(flag),
  no_cache_filter: v.optional(textOrList),
  additional_contexts: v.optional(mapping),
  network: v.optional(text),
  provenance: v.optional(flagOrText),
  sbom: v.optional(flagOrText),
  pull: v.optional(flag),
  target: v.optional(text),
  shm_size: v.optional(bytes),
  extra_hosts: v.optional(extraHosts),
  isolation: v.optional(text),
  privileged: v.optional(flag),
  secrets: v.optional(fileMounts),
  tags: v.optional(texts),
  ulimits: v.optional(ulimits),
  platforms: v.optional(texts),
});
