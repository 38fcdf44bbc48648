import type { Problem } from '../errors.ts';
import { adaptations } from './adaptations.ts';
import { type Adaptation, allowedLimits, controllers } from './host-settings.ts';
import type { MachineFacts } from './machine-facts.ts';

/** One way in which a host can be unfit. */
export interface Trouble {
  /** Podman's words on its standard error. */
  readonly words: RegExp;
  readonly adapt?: (machine: MachineFacts) => Adaptation | undefined;
  readonly problem: Problem;
}

/** Podman's words about a host (services-anchors, section 4) that it can be told something against. */
export const adaptable: readonly Trouble[] = [
  {
    words: /cgroups in hybrid mode not supported/,
    adapt: ({ programs }) => (programs.includes('runc') ? adaptations.runc('yes') : undefined),
    problem: {
      what: 'crun refuses cgroup v1 and v2 side by side.',
      change: 'apt-get install runc.',
    },
  },
  {
    // crun 1.8 wants it for the devices of each container, 1.21 does without.
    words: /RLIM_MEMLOCK/,
    adapt: ({ programs }) => (programs.includes('runc') ? adaptations.runcForDevices() : undefined),
    problem: {
      what: 'crun may not lock the memory that it wants on cgroups v2 (no CAP_SYS_RESOURCE).',
      change: 'apt-get install runc.',
    },
  },
  {
    words: /systemd not running|sd-bus|systemd sandbox|dbus.*no such file/i,
    adapt: adaptations.cgroupfs,
    problem: {
      what: 'Podman wants systemd for its cgroups.',
      change: 'Set cgroup_manager = "cgroupfs" in containers.conf.',
    },
  },
  {
    words: /controller .pids. is not available|pids\.max: no such file/i,
    adapt: () => adaptations.withoutRootControllers(controllers),
    problem: {
      what: "The agent's cgroup has no limits to give to containers.",
      change: 'Set pids_limit = 0 under [containers] in containers.conf.',
    },
  },
  {
    words: /\/sys\/fs\/cgroup\/\S*: read-only file system|cgroup.*[Rr]ead-only/,
    adapt: ({ programs }) => (programs.includes('crun') ? adaptations.withoutCgroups() : undefined),
    problem: {
      what: 'Cgroups are read-only here, and Podman as root needs crun to do without.',
      change: 'apt-get install crun, or mount cgroups writable, or run the agent as a plain user.',
    },
  },
  {
    words: /ping_group_range: read-only|open \/proc\/sys\/\S+: (read-only|permission denied)/i,
    adapt: adaptations.withoutSysctls,
    problem: {
      what: 'Podman cannot set its default sysctls, because /proc/sys is read-only here.',
      change: 'Set default_sysctls = [] under [containers] in containers.conf.',
    },
  },
  {
    words: /setrlimit|error setting rlimit/,
    adapt: (machine) => adaptations.limits(allowedLimits(machine)),
    problem: {
      what: 'Podman asks for higher limits than this agent may give (no CAP_SYS_RESOURCE).',
      change: 'Set default_ulimits in containers.conf to the limits of the agent.',
    },
  },
  {
    words: /netavark.*(Operation not permitted|Permission denied|Read-only file)|Netlink error/i,
    adapt: () => adaptations.hostNetwork('this agent may not make networks'),
    problem: {
      what: 'This agent may not make networks (no CAP_NET_ADMIN).',
      change: 'Give the pod NET_ADMIN, or run the agent as a plain user.',
    },
  },
  {
    words: /\/dev\/net\/tun/,
    adapt: () => adaptations.hostNetwork('/dev/net/tun cannot be used'),
    problem: {
      what: 'Networks of a plain user need /dev/net/tun.',
      change: 'Mount the device into the pod, readable and writable for all.',
    },
  },
  {
    words: /(slirp4netns|pasta) failed/,
    adapt: () =>
      adaptations.hostNetwork(
        "slirp4netns or pasta, which connects a plain user's networks, fails here",
      ),
    problem: {
      what: 'slirp4netns or pasta, which connects the networks of a plain user, fails here.',
      change: "As the agent's user: podman run --rm --network bridge IMAGE true tells why.",
    },
  },
  {
    words: /mounting "?proc"?.*not permitted|mount `?proc`?.*not permitted/i,
    adapt: adaptations.hostProc,
    problem: {
      what: "This pod's /proc is masked, so containers cannot have their own.",
      change: 'Set procMount: Unmasked with hostUsers: false in the pod.',
    },
  },
];
