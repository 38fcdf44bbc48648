import type { ServiceInput } from './schema/service.ts';

/** Keys that Podman takes over as they are; `container-options.ts` says by which flag. */
export type ContainerOptions = Pick<ServiceInput, (typeof optionKeys)[number]>;

export const optionKeys = [
  ...([
    'annotations',
    'cap_add',
    'cap_drop',
    'cpu_period',
    'cpu_quota',
    'cpu_shares',
    'cpus',
  ] as const),
  ...([
    'cpuset',
    'device_cgroup_rules',
    'devices',
    'dns',
    'dns_opt',
    'dns_search',
    'expose',
  ] as const),
  ...([
    'gpus',
    'group_add',
    'ipc',
    'logging',
    'mac_address',
    'mem_limit',
    'mem_reservation',
  ] as const),
  ...(['memswap_limit', 'oom_score_adj', 'pid', 'pids_limit', 'platform', 'privileged'] as const),
  ...([
    'read_only',
    'restart',
    'security_opt',
    'shm_size',
    'stdin_open',
    'stop_grace_period',
  ] as const),
  ...(['stop_signal', 'sysctls', 'tty', 'ulimits', 'userns_mode', 'uts', 'volumes_from'] as const),
] as const;
