import * as v from 'valibot';
import type { HostSettings } from './host-settings.ts';
import type { PodmanFacts } from './podman-facts.ts';

/** Where each keeps what it knows of root's containers: Podman gives it no other folder. */
const stores = {
  runc: { root: '/run/runc', state: 'state.json' },
  crun: { root: '/run/crun', state: 'status' },
} as const;

/** The runtimes that the step may call itself. */
export const runtimeNames = ['runc', 'crun'] as const satisfies readonly (keyof typeof stores)[];
type RuntimeName = (typeof runtimeNames)[number];

/** The program that Podman itself calls for each container, where a step may call it, too. */
export interface OciRuntime {
  readonly name: RuntimeName;
  /** Absolute path, or a name on PATH. */
  readonly file: string;
  /** Podman leaves cgroups to systemd, and so tells its runtime. */
  readonly systemdCgroup: boolean;
}

/**
 * Undefined: only Podman knows how to enter its containers. That is so for plain users, whose containers
 * live in a user namespace, and for other runtimes, of which this is not proven.
 */
export function directRuntime(facts: PodmanFacts, settings: HostSettings): OciRuntime | undefined {
  const wanted = settings.runtime ?? facts.runtime;
  const name = runtimeNames.find((known) => known === wanted);
  if (facts.rootless || name === undefined) return undefined;
  const isPodmans = facts.runtime === name && facts.runtimePath !== '';
  const manager = settings.cgroupManager ?? facts.cgroupManager;
  return { name, file: isPodmans ? facts.runtimePath : name, systemdCgroup: manager === 'systemd' };
}

/** It exists as long as the runtime has the container: not under another runtime or another folder of states. */
export function stateFile(id: string, name: RuntimeName): string {
  const { root, state } = stores[name];
  return `${root}/${id}/${state}`;
}

/** The container's configuration (OCI runtime-spec, config.md), of which crun keeps a copy. */
export function configFile(id: string): string {
  return `${stores.crun.root}/${id}/config.json`;
}

const configText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ process: v.object({ cwd: v.string() }) }),
);

/** The folder of the container's first process; undefined when the text is no such configuration. */
export function firstFolder(configJson: string | undefined): string | undefined {
  const result = v.safeParse(configText, configJson);
  return result.success ? result.output.process.cwd : undefined;
}

/** From what `podman run --detach` prints; undefined when it is something else. */
export function containerId(printed: string): string | undefined {
  return /^[0-9a-f]{64}$/m.exec(printed)?.[0];
}

export interface RuntimeExec {
  readonly id: string;
  readonly argv: readonly string[];
  /** Where crun is to run it; runc knows by itself. */
  readonly cwd?: string;
  /** Gets the command's process id, as the host sees it. */
  readonly pidFile: string;
  /** Gets what goes wrong in the runtime itself. */
  readonly log: string;
}

/**
 * Arguments that run a command in a container with the user, folder, environment and rights of its first
 * process, as `podman exec` does: both take them from the container's own configuration (runc-exec(8), crun(1)),
 * but for the folder under crun, which takes / by itself.
 */
export function runtimeExec(
  { name, systemdCgroup }: OciRuntime,
  { id, argv, cwd, pidFile, log }: RuntimeExec,
): readonly string[] {
  return [
    ...['--root', stores[name].root, '--log', log, '--log-format', 'json'],
    ...(systemdCgroup ? ['--systemd-cgroup'] : []),
    ...['exec', '--pid-file', pidFile, ...(cwd === undefined ? [] : ['--cwd', cwd]), id, ...argv],
  ];
}

/** Whether the runtime's log tells of a failure of its own: then the exit code is not the command's. */
export function isRuntimeFault(log: string): boolean {
  return /"level":"(error|fatal|panic)"/.test(log);
}
