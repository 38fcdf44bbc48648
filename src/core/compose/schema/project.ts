import * as v from 'valibot';
import { knownKeys, named } from '../known-keys.ts';
import { isMap, joinMessage } from '../reading.ts';
import { mapping, options } from './mappings.ts';
import { flag, text } from './scalars.ts';
import { service } from './service.ts';

const external = v.optional(flag, false);

const aux = v.optional(named(text));

const network = v.nullable(
  knownKeys({
    name: v.optional(text),
    driver: v.optional(text),
    driver_opts: v.optional(options),
    ipam: v.optional(
      knownKeys({
        driver: v.optional(text),
        config: v.optional(
          v.array(
            knownKeys({
              subnet: v.optional(text),
              ip_range: v.optional(text),
              gateway: v.optional(text),
              aux_addresses: aux,
            }),
          ),
        ),
        options: aux,
      }),
    ),
    external,
    internal: v.optional(flag, false),
    enable_ipv4: v.optional(flag),
    enable_ipv6: v.optional(flag),
    attachable: v.optional(flag),
    labels: v.optional(mapping),
  }),
);

const volume = v.nullable(
  knownKeys({
    name: v.optional(text),
    driver: v.optional(text),
    driver_opts: v.optional(options),
    external,
    labels: v.optional(mapping),
  }),
);

const file = {
  name: v.optional(text),
  environment: v.optional(text),
  file: v.optional(text),
  external,
  labels: v.optional(mapping),
  template_driver: v.optional(text),
};

const secret = knownKeys({
  ...file,
  driver: v.optional(text),
  driver_opts: v.optional(options),
});

const config = knownKeys({ ...file, content: v.optional(text) });

export type SecretInput = v.InferOutput<typeof secret>;
export type ConfigInput = v.InferOutput<typeof config>;

const composeNames = v.rawCheck<unknown>(({ dataset, addIssue }) => {
  const input = dataset.value;
  if (!isMap(input)) return;
  for (const key of Object.keys(input)) {
    if (/^[a-zA-Z0-9._-]+$/.test(key)) continue;
    addIssue({
      message: joinMessage({
        what: 'is not a name that compose takes.',
        change: 'Use letters, digits, "_", "." and "-".',
      }),
      path: [{ type: 'object', origin: 'key', input, key, value: input[key] }],
    });
  }
});

/** Names of services, networks and the rest. */
function byName<T extends v.GenericSchema>(value: T) {
  return v.optional(v.pipe(v.unknown(), composeNames, named(value)), {});
}

/** A whole project in its long form; `include` and `extends` are resolved before. */
export const project = knownKeys({
  name: v.optional(text),
  version: v.optional(text),
  include: v.optional(v.unknown()),
  services: byName(service),
  networks: byName(network),
  volumes: byName(volume),
  secrets: byName(secret),
  configs: byName(config),
  models: v.optional(v.unknown()),
});

export type ProjectInput = v.InferOutput<typeof project>;
