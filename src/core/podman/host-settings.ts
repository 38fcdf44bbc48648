import type { MachineFacts } from './machine-facts.ts';

/** How Podman is called on this host. The defaults change nothing. */
export interface HostSettings {
  readonly runtime?: 'runc' | 'crun';
  readonly cgroupManager?: 'cgroupfs';
  readonly eventLogger?: 'file';
  readonly logDriver?: 'k8s-file';
  /** Containers in no cgroup of their own: no limits of memory or processors. */
  readonly withoutCgroups?: true;
  /** Of those that hold limits, the controllers that this user may not use. */
  readonly missingControllers?: readonly Controller[];
  /** Root's containers without the limit of processes that Podman gives them by itself. */
  readonly pidsLimit?: 'none';
  /** Values of `--ulimit`. */
  readonly ulimits?: readonly string[];
  /** `host`: services share the agent's network and are reached under their own ports. */
  readonly network?: 'host';
  /** `host`: containers see the agent's /proc, because a fresh one may not be mounted. */
  readonly proc?: 'host';
  /** A private containers.conf without Podman's default sysctls, which cannot be written here. */
  readonly withoutSysctls?: true;
}

/** What of cgroups holds a limit (Linux, Documentation/admin-guide/cgroup-v2.rst). */
export const controllers = ['memory', 'cpu', 'cpuset', 'pids'] as const;
export type Controller = (typeof controllers)[number];

/** Something that a host needs, and why. */
export interface Adaptation {
  readonly change: HostSettings;
  /** One sentence: what is done, because of what. */
  readonly finding: string;
}

/** What of each service's log stays on the disk, whatever it prints: conmon begins anew beyond it. */
const keptLogSize = '50mb';

/** Arguments before Podman's subcommand. */
export function globalArgs(settings: HostSettings): readonly string[] {
  const { runtime, cgroupManager, eventLogger } = settings;
  return [
    ...(runtime === undefined ? [] : ['--runtime', runtime]),
    ...(cgroupManager === undefined ? [] : ['--cgroup-manager', cgroupManager]),
    ...(eventLogger === undefined ? [] : ['--events-backend', eventLogger]),
  ];
}

/** Arguments of every `podman run`. */
export function runArgs(settings: HostSettings): readonly string[] {
  const { withoutCgroups, pidsLimit, ulimits = [], logDriver, proc } = settings;
  return [
    ...ulimits.flatMap((ulimit) => ['--ulimit', ulimit]),
    ...(withoutCgroups ? ['--cgroups', 'disabled'] : []),
    ...(pidsLimit === undefined ? [] : ['--pids-limit', '0']),
    ...(proc === undefined ? [] : ['--volume', '/proc:/proc']),
    ...(logDriver === undefined ? [] : ['--log-driver', logDriver]),
    ...['--log-opt', `max-size=${keptLogSize}`],
  ];
}

/** Podman as root asks for 1048576 of each, whatever this process may have (pkg/specgen/generate/oci.go). */
const asked = 1_048_576;

/** `--ulimit` values that this process may give, where Podman's own would be refused. */
export function allowedLimits(machine: MachineFacts): readonly string[] {
  const { openFiles = asked, processes = asked, pidMax = asked } = machine;
  const allowed = { nofile: Math.min(openFiles, asked), nproc: Math.min(processes, pidMax, asked) };
  return Object.entries(allowed)
    .filter(([, limit]) => limit < asked)
    .map(([name, limit]) => `${name}=${limit}:${limit}`);
}
