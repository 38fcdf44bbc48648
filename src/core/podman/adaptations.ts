import type { Adaptation, Controller } from './host-settings.ts';

/** What can be done about a host by telling Podman something. */
export const adaptations = {
  runc: (controllers: string): Adaptation => ({
    change: { runtime: 'runc' },
    finding: `--runtime runc, because crun refuses cgroup v1 and v2 side by side (v2: ${controllers}).`,
  }),
  runcForDevices: (): Adaptation => ({
    change: { runtime: 'runc' },
    finding:
      '--runtime runc, because this crun wants to lock memory on cgroups v2, and may not (no CAP_SYS_RESOURCE).',
  }),
  cgroupfs: (): Adaptation => ({
    change: { cgroupManager: 'cgroupfs' },
    finding: '--cgroup-manager cgroupfs, because systemd does not run here.',
  }),
  fileEvents: (): Adaptation => ({
    change: { eventLogger: 'file' },
    finding: '--events-backend file, because journald does not run here.',
  }),
  withoutCgroups: (): Adaptation => ({
    change: { withoutCgroups: true, runtime: 'crun' },
    finding:
      '--cgroups disabled with crun, because cgroups are read-only here: limits of memory and processors have no effect.',
  }),
  withoutControllers: (missing: readonly Controller[], reason: string): Adaptation => ({
    change: { missingControllers: missing },
    finding: `No limits of ${missing.join(', ')} for containers, because ${reason}.`,
  }),
  /**
   * As root Podman asks for a limit of processes by itself (containers.conf(5): pids_limit). A pod's cgroup cannot hand on
   * what its own processes use (Linux, cgroup-v2.rst: no internal process constraint).
   */
  withoutRootControllers: (missing: readonly Controller[]): Adaptation => ({
    change: {
      missingControllers: missing,
      ...(missing.includes('pids') ? { pidsLimit: 'none' } : {}),
    },
    finding: `${missing.includes('pids') ? '--pids-limit 0, and no' : 'No'} limits of ${missing.join(', ')} for containers, because this agent's cgroup has none to give.`,
  }),
  limits: (ulimits: readonly string[]): Adaptation => ({
    change: { ulimits },
    finding: `--ulimit ${ulimits.join(' --ulimit ')}, because this agent may not raise limits (no CAP_SYS_RESOURCE).`,
  }),
  fileLogs: (driver: string): Adaptation => ({
    change: { logDriver: 'k8s-file' },
    finding: `--log-driver k8s-file, so that logs can be shown (the default is ${driver}).`,
  }),
  hostNetwork: (reason: string): Adaptation => ({
    change: { network: 'host' },
    finding: `--network host, because ${reason}: services use the agent's own ports, and find each other by entries in /etc/hosts.`,
  }),
  hostProc: (): Adaptation => ({
    change: { proc: 'host' },
    finding:
      "--volume /proc:/proc, because this pod's /proc is masked: containers see the agent's processes. The pod setting procMount: Unmasked avoids it.",
  }),
  withoutSysctls: (): Adaptation => ({
    change: { withoutSysctls: true },
    finding:
      'A private containers.conf with default_sysctls = [], because /proc/sys is read-only here.',
  }),
} as const;
