import * as v from 'valibot';
import { knownKeys, named } from '../known-keys.ts';
import { type Reading, fault, joinMessage, kindOf, readBy } from '../reading.ts';
import { build } from './build.ts';
import { healthcheck } from './healthcheck.ts';
import { develop, hooks, preStart } from './hooks.ts';
import { blkioConfig, deploy, deviceRequests, ulimits } from './limits.ts';
import { extraHosts, mapping, options, withEmpty } from './mappings.ts';
import { devices, fileMounts, volumes } from './mounts.ts';
import { dependsOn, serviceNetworks } from './relations.ts';
import { ports } from './ports.ts';
import { preset, wait } from './wait.ts';
import {
  bytes,
  commandWords,
  duration,
  flag,
  number,
  oneOf,
  text,
  textOrList,
  textOrNothing,
  textOrNumber,
  texts,
  truncated,
  whole,
  wholeBytes,
} from './scalars.ts';

const pullPolicies =
  /^(?:always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:\d+[wdhms])+)$/;

const pullPolicy = readBy((input) => {
  if (typeof input === 'string' && pullPolicies.test(input)) return { value: input };
  return fault(
    `expected a pull policy, found ${kindOf(input)}.`,
    'Write always, missing or never.',
  );
});

const envFiles = v.array(
  knownKeys({
    path: text,
    format: v.optional(text),
    required: v.optional(flag, true),
  }),
);

/** Nothing is an empty text. */
const texted = v.pipe(mapping, v.transform(withEmpty));

const listOfScalars = v.array(textOrNumber);

const groups = v.pipe(
  listOfScalars,
  v.check(
    (found) => new Set(found).size === found.length,
    joinMessage({ what: 'names a group twice.', change: 'Remove one.' }),
  ),
);

const containerName = readBy((input): Reading<string> => {
  if (typeof input === 'string' && /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(input)) {
    return { value: input };
  }
  return fault(
    `expected a container's name, found ${kindOf(input)}.`,
    'Use letters, digits, "_", "." and "-", a letter or digit first, two or more.',
  );
});

/** Every key of a service in the compose specification, in its long form. */
const serviceKeys = {
  ...{ annotations: texted, attach: flag, blkio_config: blkioConfig, build, cap_add: texts },
  ...{ cap_drop: texts, cgroup: oneOf('host', 'private'), cgroup_parent: text },
  ...{
    command: commandWords,
    configs: fileMounts,
    container_name: containerName,
    cpu_count: whole,
  },
  ...{ cpu_percent: number, cpu_period: truncated, cpu_quota: truncated, cpu_rt_period: truncated },
  ...{ cpu_rt_runtime: truncated, cpu_shares: truncated, cpus: number, cpuset: text },
  credential_spec: knownKeys({
    config: v.optional(text),
    file: v.optional(text),
    registry: v.optional(text),
  }),
  ...{ depends_on: dependsOn, deploy, develop, device_cgroup_rules: texts, devices },
  ...{ dns: textOrList, dns_opt: texts, dns_search: textOrList, domainname: text },
  ...{ entrypoint: commandWords, env_file: envFiles, environment: mapping },
  ...{ expose: listOfScalars, extends: v.unknown(), external_links: texts },
  ...{ extra_hosts: extraHosts, gpus: deviceRequests, group_add: groups, healthcheck },
  ...{ hostname: text, image: text, init: flag, ipc: text, isolation: text },
  ...{ label_file: texts, labels: mapping, links: texts },
  logging: knownKeys({ driver: v.optional(text), options: v.optional(options) }),
  ...{
    mac_address: text,
    mem_limit: bytes,
    mem_reservation: wholeBytes,
    mem_swappiness: wholeBytes,
  },
  ...{ memswap_limit: bytes, models: v.unknown(), network_mode: text },
  ...{ networks: serviceNetworks, oom_kill_disable: flag, oom_score_adj: whole },
  ...{ pid: textOrNothing, pids_limit: truncated, platform: text, ports, post_start: hooks },
  ...{ pre_start: preStart, pre_stop: hooks, privileged: flag, profiles: texts },
  provider: knownKeys({ type: text, options: v.optional(v.unknown()) }),
  ...{ pull_policy: pullPolicy, pull_refresh_after: text, read_only: flag, restart: text },
  ...{ runtime: text, scale: whole, secrets: fileMounts, security_opt: texts },
  ...{ shm_size: bytes, stdin_open: flag, stop_grace_period: duration, stop_signal: text },
  ...{ storage_opt: named(v.unknown()), sysctls: texted, tmpfs: textOrList, tty: flag, ulimits },
  ...{ use_api_socket: v.boolean(), user: text, userns_mode: text, uts: text, volumes },
  ...{ volumes_from: texts, working_dir: text, 'x-preset': preset, 'x-wait': wait },
} as const;

type Keys = typeof serviceKeys;
type Optional = { readonly [K in keyof Keys]: v.OptionalSchema<Keys[K], undefined> };

const optionalKeys = Object.fromEntries(
  Object.entries(serviceKeys).map(([key, schema]) => [key, v.optional(schema)]),
) as unknown as Optional;

export const service = knownKeys(optionalKeys);

/** A service as its keys say it. */
export type ServiceInput = v.InferOutput<typeof service>;
