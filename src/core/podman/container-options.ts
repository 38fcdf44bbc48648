import type { ComposeService } from '../compose/model.ts';
import type { ContainerOptions } from '../compose/model-options.ts';

/** What the arguments of one container depend on beside its service. */
export interface OptionNames {
  /** Podman's name of another service's container. */
  readonly containerOf: (service: string) => string;
}

type Words = readonly string[];

/** The flags of `podman run` for everything that a service says beside its image, command and mounts. */
export function optionArgs(service: ComposeService, names: OptionNames): Words {
  const { options } = service;
  return [
    ...valueArgs(options),
    ...listArgs(options),
    ...mapArgs(options),
    ...switchArgs(options),
    ...deviceArgs(options),
    ...sharedArgs(options, names),
    ...service.extraHosts.flatMap(([name, address]) => ['--add-host', `${name}:${address}`]),
    ...(service.hostname === undefined ? [] : ['--hostname', service.hostname]),
    ...(service.user === undefined ? [] : ['--user', service.user]),
    ...(service.workingDir === undefined ? [] : ['--workdir', service.workingDir]),
    ...Object.entries(service.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
  ];
}

/** Limits that need a cgroup of the container's own. */
export function limitArgs({ options }: ComposeService): Words {
  const bytes = { mem_limit: '--memory', mem_reservation: '--memory-reservation' } as const;
  const plain = {
    cpus: '--cpus',
    cpu_period: '--cpu-period',
    cpu_quota: '--cpu-quota',
    cpu_shares: '--cpu-shares',
    cpuset: '--cpuset-cpus',
    pids_limit: '--pids-limit',
  } as const;
  const swap = options.memswap_limit;
  return [
    ...Object.entries(bytes).flatMap(([key, flag]) => {
      const value = options[key as keyof typeof bytes];
      return value === undefined ? [] : [flag, `${value}b`];
    }),
    ...(swap === undefined ? [] : ['--memory-swap', swap < 0 ? String(swap) : `${swap}b`]),
    ...valuesOf(options, plain),
  ];
}

function valuesOf(options: ContainerOptions, flags: Readonly<Record<string, string>>): Words {
  return Object.entries(flags).flatMap(([key, flag]) => {
    const value = options[key as keyof ContainerOptions];
    return typeof value === 'string' || typeof value === 'number' ? [flag, String(value)] : [];
  });
}

function valueArgs(options: ContainerOptions): Words {
  const { shm_size: shm, stop_grace_period: grace, logging } = options;
  const size = logging?.options?.['max-size'];
  return [
    ...valuesOf(options, {
      mac_address: '--mac-address',
      oom_score_adj: '--oom-score-adj',
      platform: '--platform',
      restart: '--restart',
      stop_signal: '--stop-signal',
      userns_mode: '--userns',
    }),
    ...(shm === undefined ? [] : ['--shm-size', `${shm}b`]),
    ...(grace === undefined ? [] : ['--stop-timeout', String(Math.ceil(grace / 1000))]),
    ...(size === undefined ? [] : ['--log-opt', `max-size=${size}`]),
  ];
}

function listArgs(options: ContainerOptions): Words {
  const flags = {
    cap_add: '--cap-add',
    cap_drop: '--cap-drop',
    device_cgroup_rules: '--device-cgroup-rule',
    dns: '--dns',
    dns_opt: '--dns-option',
    dns_search: '--dns-search',
    expose: '--expose',
    group_add: '--group-add',
    security_opt: '--security-opt',
  } as const;
  return Object.entries(flags).flatMap(([key, flag]) =>
    (options[key as keyof typeof flags] ?? []).flatMap((value) => [flag, value]),
  );
}

function mapArgs({ annotations = {}, sysctls = {}, ulimits = {} }: ContainerOptions): Words {
  return [
    ...Object.entries(annotations).flatMap(([name, value]) => ['--annotation', `${name}=${value}`]),
    ...Object.entries(sysctls).flatMap(([name, value]) => ['--sysctl', `${name}=${value}`]),
    ...Object.entries(ulimits).flatMap(([name, { soft, hard }]) => [
      '--ulimit',
      `${name}=${soft}:${hard}`,
    ]),
  ];
}

function switchArgs(options: ContainerOptions): Words {
  return [
    ...(options.privileged === true ? ['--privileged'] : []),
    ...(options.read_only === true ? ['--read-only'] : []),
    ...(options.stdin_open === true ? ['--interactive'] : []),
    ...(options.tty === true ? ['--tty'] : []),
  ];
}

/** GPUs by the Container Device Interface: `--gpus` does nothing before Podman 5. */
function deviceArgs({ devices = [], gpus = [] }: ContainerOptions): Words {
  const paths = devices.map(({ source, target = source, permissions }) => {
    if (!source.startsWith('/')) return source;
    return [source, target, ...(permissions === undefined ? [] : [permissions])].join(':');
  });
  const names = gpus.flatMap(({ device_ids: ids, count = -1 }) => {
    if (ids !== undefined) return ids;
    return count < 0 ? ['all'] : Array.from({ length: count }, (_, at) => String(at));
  });
  return [...paths, ...names.map((name) => `nvidia.com/gpu=${name}`)].flatMap((device) => [
    '--device',
    device,
  ]);
}

/** Namespaces and volumes of another service are those of its container. */
function sharedArgs(options: ContainerOptions, { containerOf }: OptionNames): Words {
  const spaces = { ipc: '--ipc', pid: '--pid', uts: '--uts' } as const;
  return [
    ...Object.entries(spaces).flatMap(([key, flag]) => {
      const said = options[key as keyof typeof spaces];
      if (said === undefined || said === '') return [];
      return [flag, shared(said, containerOf)];
    }),
    ...(options.volumes_from ?? []).flatMap((from) => {
      const [name = '', ...mode] = from.replace(/^container:/, '').split(':');
      const container = from.startsWith('container:') ? name : containerOf(name);
      return ['--volumes-from', [container, ...mode].join(':')];
    }),
  ];
}

/** `service:x` is `container:` and Podman's name of it. */
export function shared(said: string, containerOf: OptionNames['containerOf']): string {
  return said.startsWith('service:') ? `container:${containerOf(said.slice(8))}` : said;
}
