import type { SourcePlace } from '../errors.ts';
import type { ServiceInput } from './schema/service.ts';

/** Compose files, merged, interpolated and validated: everything in it is something we do. */
export interface ComposeProject {
  /** `name`, as it is filled into `COMPOSE_PROJECT_NAME`. */
  readonly name: string;
  /** In the files' order; each depends on others of this list only, without cycles. */
  readonly services: readonly ComposeService[];
  /** Only those that a service uses. */
  readonly volumes: readonly NamedVolume[];
  /** Only those that a service uses; a service without `networks` uses `default`. */
  readonly networks: readonly ProjectNetwork[];
  /** What deserves a word, but stops nothing. */
  readonly warnings: readonly Warning[];
}

export interface Warning {
  readonly text: string;
  readonly place?: SourcePlace;
}

export interface NamedVolume {
  readonly name: string;
  /** The very name on the host, when the file gives one. */
  readonly hostName?: string;
  /** Exists before the job and after it: never created, never removed. */
  readonly isExternal: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** `type`, `o`, `device` of the local driver. */
  readonly options: Readonly<Record<string, string>>;
}

export interface ProjectNetwork {
  readonly name: string;
  readonly hostName?: string;
  readonly isExternal: boolean;
  readonly isInternal: boolean;
  readonly hasIpv6: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly subnets: readonly Subnet[];
}

export interface Subnet {
  readonly subnet?: string;
  readonly ipRange?: string;
  readonly gateway?: string;
}

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

export interface ComposeService {
  readonly name: string;
  /** Where the service stands in its file. */
  readonly place: SourcePlace;
  /** As the file is shown. */
  readonly label: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortMapping[];
  /** Absent: the image's own. */
  readonly command?: readonly string[];
  /** Absent: the image's own; empty: none at all. */
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: Healthcheck;
  readonly dependsOn: readonly Dependency[];
  readonly mounts: readonly Mount[];
  /** Secrets and configs. */
  readonly files: readonly FileMount[];
  /** `--tmpfs` values. */
  readonly tmpfs: readonly string[];
  /** Empty with `networkMode`. */
  readonly networks: readonly ServiceNetwork[];
  /** none, host, bridge, service:x, container:x */
  readonly networkMode?: string;
  /** Names beside its own under which others find it. */
  readonly aliases: readonly string[];
  /** Name and address; `host-gateway` is the host. */
  readonly extraHosts: readonly (readonly [string, string])[];
  readonly links: readonly Link[];
  readonly hostname?: string;
  readonly workingDir?: string;
  readonly user?: string;
  readonly init?: boolean;
  readonly pullPolicy?: 'always' | 'missing' | 'never';
  /** Containers of it; 1 when nothing is said. */
  readonly scale: number;
  readonly profiles: readonly string[];
  readonly preStart: readonly Hook[];
  readonly postStart: readonly Hook[];
  readonly preStop: readonly Hook[];
  readonly options: ContainerOptions;
}

export interface Link {
  readonly service: string;
  readonly alias: string;
}

export interface ServiceNetwork {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  readonly interfaceName?: string;
}

/** A command beside a service's own. */
export interface Hook {
  readonly command?: readonly string[];
  readonly image?: string;
  readonly user?: string;
  readonly privileged: boolean;
  readonly workingDir?: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** One port of the container, made reachable from the host. */
export interface PortMapping {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** The host's address, without brackets. */
  readonly hostIp?: string;
  /** The host's port, or any free one of a range (inclusive). */
  readonly published?: PortRange;
  /** What the file calls it. */
  readonly name?: string;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export type DependencyCondition =
  'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Dependency {
  readonly service: string;
  readonly condition: DependencyCondition;
  /** False: a failure of it is a warning only. */
  readonly required: boolean;
}

interface Target {
  readonly target: string;
  readonly readOnly: boolean;
}

export type Mount =
  | (Readonly<{
      kind: 'bind';
      source: string;
      propagation?: string;
      selinux?: string;
      createHostPath: boolean;
    }> &
      Target)
  | (Readonly<{ kind: 'volume'; source: string; noCopy: boolean; subpath?: string }> & Target)
  | (Readonly<{ kind: 'anonymous'; noCopy: boolean }> & Target)
  | (Readonly<{ kind: 'tmpfs'; size?: number; mode?: number }> & Target)
  | (Readonly<{ kind: 'image'; source: string; subpath?: string }> & Target);

/** A secret or config in a container. */
export interface FileMount {
  readonly kind: 'secret' | 'config';
  /** Its name in the file. */
  readonly source: string;
  /** Absolute. */
  readonly target: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: number;
  readonly content: FileContent;
}

/** Where the bytes come from. */
export type FileContent = Readonly<{ file: string }> | Readonly<{ text: string }>;

/** What Docker's HEALTHCHECK may say; an absent field is inherited from the image, else Docker's default. */
export interface Healthcheck {
  readonly test?: HealthTest;
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly startPeriodMs?: number;
  readonly startIntervalMs?: number;
}

export type HealthTest =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'exec'; argv: readonly string[] }>
  | Readonly<{ kind: 'shell'; script: string }>;
