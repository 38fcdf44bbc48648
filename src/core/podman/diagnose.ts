import type { Problem } from '../errors.ts';
import { adaptations } from './adaptations.ts';
import { type Advice, controllersOf, mixedCgroups, readOnlyCgroups } from './cgroup-advice.ts';
import { type HostSettings, allowedLimits } from './host-settings.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { PodmanFacts } from './podman-facts.ts';

/** What this host's Podman needs to be told, and why. */
export interface Diagnosis {
  readonly settings: HostSettings;
  /** One sentence for each adaptation and each thing worth knowing. */
  readonly findings: readonly string[];
  /** What no setting can mend. */
  readonly problems: readonly Problem[];
  /** Facts say that it should work; only a container can show that it does. */
  readonly wantsProof: boolean;
}

/** By facts alone; what they cannot decide is left to a trial container. */
export function diagnose(podman: PodmanFacts, machine: MachineFacts): Diagnosis {
  const advice: readonly Advice[] = [
    oldVersion(podman),
    noUserIds(podman, machine),
    mixedCgroups(podman, machine),
    systemd(podman, machine),
    readOnlyCgroups(podman, machine),
    controllersOf(podman),
    limits(podman, machine),
    logs(podman),
    names(podman, machine),
    network(podman, machine),
    storage(podman),
    longRunRoot(podman),
  ];
  const changes = advice.flatMap(({ change }) => change ?? []);
  return {
    settings: Object.assign({}, ...changes) as HostSettings,
    findings: advice.flatMap(({ finding }) => finding ?? []),
    problems: advice.flatMap(({ problem }) => problem ?? []),
    wantsProof: changes.length > 0 || podman.rootless || isInPod(podman, machine),
  };
}

/** Whose cgroups v2 no fact promises: they can be handed on only where no process is (cgroup-v2.rst). */
function isInPod({ cgroupVersion }: PodmanFacts, { hasSystemd }: MachineFacts): boolean {
  return cgroupVersion === 'v2' && !hasSystemd;
}

const floor = { major: 4, minor: 3 };

function oldVersion({ version }: PodmanFacts): Advice {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return {};
  const what = `Expected Podman ${floor.major}.${floor.minor} or newer, found ${version}.`;
  return { problem: { what, change: 'Install a newer Podman on the agent.' } };
}

/** Rootless with a single id: every image whose files belong to several users fails to unpack. */
function noUserIds({ rootless, userIds }: PodmanFacts, { programs }: MachineFacts): Advice {
  if (!rootless || userIds !== 1) return {};
  const change = programs.includes('newuidmap')
    ? 'As root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER, then podman system migrate as that user.'
    : 'Install newuidmap: apt-get install uidmap.';
  const what = "The agent's user has one user id for containers, and images need more.";
  return { problem: { what, change } };
}

function systemd(podman: PodmanFacts, { hasSystemd }: MachineFacts): Advice {
  if (hasSystemd) return {};
  const manager = podman.cgroupManager === 'systemd' ? adaptations.cgroupfs() : undefined;
  const events = podman.eventLogger === 'journald' ? adaptations.fileEvents() : undefined;
  const found = [manager, events].filter((each) => each !== undefined);
  if (found.length === 0) return {};
  return {
    change: Object.assign({}, ...found.map(({ change }) => change)) as HostSettings,
    finding: found.map(({ finding }) => finding).join('\n'),
  };
}

function limits({ rootless }: PodmanFacts, machine: MachineFacts): Advice {
  const ulimits = allowedLimits(machine);
  if (rootless || machine.canRaiseLimits || ulimits.length === 0) return {};
  return adaptations.limits(ulimits);
}

/** `podman logs` must find something, and journald is not everywhere. */
function logs({ logDriver }: PodmanFacts): Advice {
  if (logDriver === 'k8s-file' || logDriver === 'json-file') return {};
  return adaptations.fileLogs(logDriver);
}

/** Without it, services cannot find each other by name. */
function names({ networkBackend }: PodmanFacts, { hasNames }: MachineFacts): Advice {
  if (hasNames) return {};
  const [missing, cure] =
    networkBackend === 'netavark'
      ? ['aardvark-dns', 'apt-get install aardvark-dns.']
      : ["CNI's plugin dnsname", 'Install it, or move to netavark (podman system reset).'];
  const what = `${missing} is not installed, so services could not find each other by name.`;
  return { problem: { what, change: cure } };
}

function network({ rootless, hasUserNetwork }: PodmanFacts, machine: MachineFacts): Advice {
  if (!rootless) {
    if (machine.canMakeNetworks) return {};
    return adaptations.hostNetwork('this agent may not make networks (no CAP_NET_ADMIN)');
  }
  if (!hasUserNetwork) {
    return adaptations.hostNetwork('neither slirp4netns nor pasta is installed');
  }
  if (machine.hasTun) return {};
  return adaptations.hostNetwork('/dev/net/tun is not there, or not for this user');
}

function storage({ storageDriver }: PodmanFacts): Advice {
  if (storageDriver !== 'vfs') return {};
  return { finding: 'The storage driver is vfs: each container copies its whole image.' };
}

/** Podman refuses its own `--runroot` beyond that in the process that cleans up (pkg/domain/infra/runtime_libpod.go). */
const longestRunRoot = 50;

function longRunRoot({ runRoot }: PodmanFacts): Advice {
  if (runRoot.length <= longestRunRoot) return {};
  return {
    finding: `The run root ${runRoot} is longer than ${longestRunRoot} characters: Podman cannot clean up, so each end of a container takes 20 s. Shorten runroot in storage.conf.`,
  };
}
