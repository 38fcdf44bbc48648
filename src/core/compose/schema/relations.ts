import * as v from 'valibot';
import { knownKeys, named } from '../known-keys.ts';
import { options } from './mappings.ts';
import { flag, number, oneOf, text, texts } from './scalars.ts';

const dependency = knownKeys({
  condition: oneOf('service_started', 'service_healthy', 'service_completed_successfully'),
  required: v.optional(v.boolean(), true),
  restart: v.optional(flag, false),
});

/** A list that names something twice stays a list, and is told so. */
export const dependsOn = v.lazy((input) => (Array.isArray(input) ? texts : named(dependency)));

const attachment = v.nullable(
  knownKeys({
    aliases: v.optional(texts),
    interface_name: v.optional(text),
    ipv4_address: v.optional(text),
    ipv6_address: v.optional(text),
    link_local_ips: v.optional(texts),
    mac_address: v.optional(text),
    driver_opts: v.optional(options),
    priority: v.optional(number),
    gw_priority: v.optional(number),
  }),
);

export type AttachmentInput = v.InferOutput<typeof attachment>;

export const serviceNetworks = v.lazy((input) =>
  Array.isArray(input) ? texts : named(attachment),
);
