import * as v from 'valibot';
import { type Reading, fault, kindOf, readBy } from '../reading.ts';
import { knownKeys, named } from '../known-keys.ts';
import { readBytes } from '../bytes.ts';
import { bytes, duration, number, oneOf, text, texts, whole } from './scalars.ts';
import { mapping } from './mappings.ts';

/** `ulimits`: one number for both, or soft and hard. */
export const ulimits = named(
  v.lazy((input) =>
    typeof input === 'object'
      ? knownKeys({ soft: whole, hard: whole })
      : v.pipe(
          whole,
          v.transform((both) => ({ soft: both, hard: both })),
        ),
  ),
);

const throttle = v.array(knownKeys({ path: v.optional(text), rate: v.optional(bytes) }));

export const blkioConfig = knownKeys({
  device_read_bps: v.optional(throttle),
  device_read_iops: v.optional(throttle),
  device_write_bps: v.optional(throttle),
  device_write_iops: v.optional(throttle),
  weight: v.optional(whole),
  weight_device: v.optional(
    v.array(knownKeys({ path: v.optional(text), weight: v.optional(whole) })),
  ),
});

/** `all` is -1 to Docker. */
const count = readBy((input): Reading<number> => {
  const said = String(input).toLowerCase() === 'all' ? -1 : Number(input);
  if (Number.isInteger(said)) return { value: said };
  return fault(`expected all or a number, found ${kindOf(input)}.`, 'Write one of them.');
});

/** `gpus` and the devices of `deploy.resources.reservations`. */
export const deviceRequests = v.array(
  knownKeys({
    capabilities: v.optional(texts),
    count: v.optional(count),
    device_ids: v.optional(texts),
    driver: v.optional(text),
    options: v.optional(mapping),
  }),
);

const rollout = knownKeys({
  parallelism: v.optional(whole),
  delay: v.optional(duration),
  failure_action: v.optional(text),
  monitor: v.optional(duration),
  max_failure_ratio: v.optional(number),
  order: v.optional(oneOf('start-first', 'stop-first')),
});

/** Text only, unlike mem_limit. */
const memory = readBy((input): Reading<number> => {
  if (typeof input === 'string') return readBytes(input);
  return fault(`expected text, found ${kindOf(input)}.`, 'Put it in quotes.');
});

const resources = knownKeys({
  limits: v.optional(
    knownKeys({
      cpus: v.optional(number),
      memory: v.optional(memory),
      pids: v.optional(whole),
    }),
  ),
  reservations: v.optional(
    knownKeys({
      cpus: v.optional(number),
      memory: v.optional(memory),
      generic_resources: v.optional(
        v.array(
          knownKeys({
            discrete_resource_spec: v.optional(
              knownKeys({ kind: v.optional(text), value: v.optional(number) }),
            ),
          }),
        ),
      ),
      devices: v.optional(deviceRequests),
    }),
  ),
});

export const deploy = v.nullable(
  knownKeys({
    mode: v.optional(text),
    endpoint_mode: v.optional(text),
    replicas: v.optional(whole),
    labels: v.optional(mapping),
    rollback_config: v.optional(rollout),
    update_config: v.optional(rollout),
    resources: v.optional(resources),
    restart_policy: v.optional(
      knownKeys({
        condition: v.optional(text),
        delay: v.optional(duration),
        max_attempts: v.optional(whole),
        window: v.optional(duration),
      }),
    ),
    placement: v.optional(
      knownKeys({
        constraints: v.optional(texts),
        preferences: v.optional(v.array(knownKeys({ spread: v.optional(text) }))),
        max_replicas_per_node: v.optional(whole),
      }),
    ),
  }),
);
