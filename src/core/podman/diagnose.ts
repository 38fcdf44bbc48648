import type { Problem } from '../errors.ts';
import type { MachineFacts, PodmanFacts } from './host-facts.ts';

/** What this host's Podman needs to be told, and why. */
export interface Diagnosis {
  /** Before the subcommand, e.g. `--runtime runc`. */
  readonly globalArgs: readonly string[];
  /** For every `run`. */
  readonly runArgs: readonly string[];
  /** One sentence for each adaptation and each thing worth knowing. */
  readonly findings: readonly string[];
  /** What no flag can mend. */
  readonly problems: readonly Problem[];
  /** Something was adapted: facts say that it should work, only a container can show that it does. */
  readonly wantsProof: boolean;
}

type Advice = Partial<Omit<Diagnosis, 'wantsProof'>>;

export function diagnose(podman: PodmanFacts, machine: MachineFacts): Diagnosis {
  const advice: readonly Advice[] = [
    oldVersion(podman),
    mixedCgroups(podman, machine),
    limits(podman, machine),
    logs(podman),
    names(podman),
    storage(podman),
    longRunRoot(podman),
  ];
  const globalArgs = advice.flatMap((each) => each.globalArgs ?? []);
  const runArgs = advice.flatMap((each) => each.runArgs ?? []);
  return {
    globalArgs,
    runArgs,
    findings: advice.flatMap((each) => each.findings ?? []),
    problems: advice.flatMap((each) => each.problems ?? []),
    wantsProof: globalArgs.length + runArgs.length > 0,
  };
}

const floor = { major: 4, minor: 3 };

function oldVersion({ version }: PodmanFacts): Advice {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return {};
  const what = `Expected Podman ${floor.major}.${floor.minor} or newer, found ${version}.`;
  return { problems: [{ what, change: 'Install a newer Podman on the agent.' }] };
}

/** crun: "cgroups in hybrid mode not supported, drop all controllers from cgroupv2". */
function mixedCgroups({ runtime }: PodmanFacts, { hybridControllers }: MachineFacts): Advice {
  if (runtime !== 'crun' || hybridControllers.length === 0) return {};
  const which = hybridControllers.join(', ');
  return {
    globalArgs: ['--runtime', 'runc'],
    findings: [
      `--runtime runc, because crun refuses cgroup v1 and v2 side by side (v2: ${which}).`,
    ],
  };
}

/** Podman as root asks for 1048576 of each, whatever this process may have (pkg/specgen/generate/oci.go). */
const asked = 1_048_576;

function limits({ rootless }: PodmanFacts, machine: MachineFacts): Advice {
  const { openFiles = asked, processes = asked, pidMax = asked } = machine;
  const allowed = { nofile: Math.min(openFiles, asked), nproc: Math.min(processes, pidMax, asked) };
  if (rootless || machine.canRaiseLimits) return {};
  const tooHigh = Object.entries(allowed).filter(([, limit]) => limit < asked);
  const ulimits = tooHigh.map(([name, limit]) => `${name}=${limit}:${limit}`);
  if (ulimits.length === 0) return {};
  return {
    runArgs: ulimits.flatMap((ulimit) => ['--ulimit', ulimit]),
    findings: [
      `--ulimit ${ulimits.join(' --ulimit ')}, because this agent may not raise limits (no CAP_SYS_RESOURCE).`,
    ],
  };
}

/** `podman logs` must find something, and journald is not everywhere. */
function logs({ logDriver }: PodmanFacts): Advice {
  if (logDriver === 'k8s-file' || logDriver === 'json-file') return {};
  return {
    runArgs: ['--log-driver', 'k8s-file'],
    findings: [`--log-driver k8s-file, so that logs can be shown (the default is ${logDriver}).`],
  };
}

function names({ networkBackend }: PodmanFacts): Advice {
  if (networkBackend === 'netavark') return {};
  const backend = networkBackend === '' ? 'unknown' : networkBackend;
  return {
    findings: [
      `The network backend is ${backend}: without its dnsname plugin, services cannot find each other by name.`,
    ],
  };
}

function storage({ storageDriver }: PodmanFacts): Advice {
  if (storageDriver !== 'vfs') return {};
  return { findings: ['The storage driver is vfs: each container copies its whole image.'] };
}

/** Podman refuses its own `--runroot` beyond that in the process that cleans up (pkg/domain/infra/runtime_libpod.go). */
const longestRunRoot = 50;

function longRunRoot({ runRoot }: PodmanFacts): Advice {
  if (runRoot.length <= longestRunRoot) return {};
  return {
    findings: [
      `The run root ${runRoot} is longer than ${longestRunRoot} characters: Podman cannot clean up, so each end of a container takes 20 s. Shorten runroot in storage.conf.`,
    ],
  };
}
