import type { MachineFacts } from '../../src/core/podman/machine-facts.ts';
import type { PodmanFacts } from '../../src/core/podman/podman-facts.ts';

/** Podman as root, of which nothing needs to be said. */
export const rootPodman: PodmanFacts = {
  version: '4.3.1',
  rootless: false,
  runtime: 'crun',
  runtimePath: '/usr/bin/crun',
  cgroupManager: 'cgroupfs',
  cgroupVersion: 'v2',
  cgroupControllers: ['cpuset', 'cpu', 'memory', 'pids'],
  eventLogger: 'file',
  networkBackend: 'netavark',
  hasUserNetwork: false,
  userIds: 0,
  logDriver: 'k8s-file',
  storageDriver: 'overlay',
  graphRoot: '/var/lib/containers/storage',
  runRoot: '/run/containers/storage',
};

/** A machine without systemd where everything else is as Podman likes it. */
export const healthyMachine: MachineFacts = {
  openFiles: 1_048_576,
  processes: undefined,
  pidMax: 4_194_304,
  canRaiseLimits: true,
  canMakeNetworks: true,
  noNewPrivileges: false,
  hybridControllers: [],
  cgroupsAreReadOnly: false,
  procIsMasked: false,
  hasTun: true,
  hasFuse: true,
  hasSystemd: false,
  hasInit: true,
  hasNames: true,
  programs: ['crun', 'runc', 'newuidmap'],
};
