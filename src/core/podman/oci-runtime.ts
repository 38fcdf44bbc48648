import type { HostSettings } from './host-settings.ts';
import type { PodmanFacts } from './podman-facts.ts';

/** The program that Podman itself calls for each container, where a step may call it, too. */
export interface OciRuntime {
  /** Absolute path, or a name on PATH. */
  readonly file: string;
  /** Podman leaves cgroups to systemd, and so tells its runtime. */
  readonly systemdCgroup: boolean;
}

/** Where runc keeps what it knows of root's containers; Podman gives it no other folder. */
const root = '/run/runc';

/**
 * Undefined: only Podman knows how to enter its containers. That is so for plain users, whose containers
 * live in a user namespace, and for every runtime but runc, of which this is not proven.
 */
export function directRuntime(facts: PodmanFacts, settings: HostSettings): OciRuntime | undefined {
  const name = settings.runtime ?? facts.runtime;
  if (facts.rootless || name !== 'runc') return undefined;
  const isPodmans = facts.runtime === name && facts.runtimePath !== '';
  const manager = settings.cgroupManager ?? facts.cgroupManager;
  return { file: isPodmans ? facts.runtimePath : name, systemdCgroup: manager === 'systemd' };
}

/** It exists as long as runc has the container: not under another runtime or another folder of states. */
export function stateFile(id: string): string {
  return `${root}/${id}/state.json`;
}

/** From what `podman run --detach` prints; undefined when it is something else. */
export function containerId(printed: string): string | undefined {
  return /^[0-9a-f]{64}$/m.exec(printed)?.[0];
}

export interface RuntimeExec {
  readonly id: string;
  readonly argv: readonly string[];
  /** Gets the command's process id, as the host sees it. */
  readonly pidFile: string;
  /** Gets what goes wrong in the runtime itself. */
  readonly log: string;
}

/**
 * Arguments that run a command in a container with the user, folder, environment and rights of its first
 * process, as `podman exec` does: runc takes them from the container's own configuration (runc-exec(8)).
 */
export function runtimeExec(
  { systemdCgroup }: OciRuntime,
  { id, argv, pidFile, log }: RuntimeExec,
): readonly string[] {
  return [
    ...['--root', root, '--log', log, '--log-format', 'json'],
    ...(systemdCgroup ? ['--systemd-cgroup'] : []),
    ...['exec', '--pid-file', pidFile, id, ...argv],
  ];
}

/** Whether runc's log tells of a failure of its own: then the exit code is not the command's. */
export function isRuntimeFault(log: string): boolean {
  return /"level":"(error|fatal|panic)"/.test(log);
}
