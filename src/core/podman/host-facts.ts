import * as v from 'valibot';

/** What the files of /proc and /sys tell about the machine and this process. Nothing is started to learn it. */
export interface MachineFacts {
  /** Hard limits of this process; undefined: unlimited. */
  readonly openFiles: number | undefined;
  readonly processes: number | undefined;
  /** /proc/sys/kernel/pid_max: Podman lowers its own limit of processes to it. */
  readonly pidMax: number | undefined;
  /** CAP_SYS_RESOURCE. */
  readonly canRaiseLimits: boolean;
  /** Controllers of a cgroup v2 that is mounted beside v1 ("hybrid"); empty when there is none. */
  readonly hybridControllers: readonly string[];
  /** The init binary that `--init` needs, catatonit, is where Podman looks. */
  readonly hasInit: boolean;
}

export interface MachineFiles {
  /** /proc/self/limits */
  readonly limits: string;
  /** /proc/self/status */
  readonly status: string;
  readonly pidMax: string;
  /** cgroup.controllers of /sys/fs/cgroup/unified; empty when the file is missing. */
  readonly unifiedControllers: string;
  readonly hasInit: boolean;
}

const capSysResource = 24n;

export function machineFacts(files: MachineFiles): MachineFacts {
  const [, effective = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(files.status) ?? [];
  return {
    openFiles: hardLimit(files.limits, 'Max open files'),
    processes: hardLimit(files.limits, 'Max processes'),
    pidMax: Number(files.pidMax) || undefined,
    canRaiseLimits: ((BigInt(`0x${effective}`) >> capSysResource) & 1n) === 1n,
    hybridControllers: files.unifiedControllers.split(/\s+/).filter((name) => name !== ''),
    hasInit: files.hasInit,
  };
}

/** The second number of a row of /proc/self/limits. */
function hardLimit(limits: string, row: string): number | undefined {
  const line = limits.split('\n').find((text) => text.startsWith(row)) ?? '';
  const [, hard = ''] = line.slice(row.length).trim().split(/\s+/);
  return /^\d+$/.test(hard) ? Number(hard) : undefined;
}

const infoSchema = v.object({
  host: v.object({
    networkBackend: v.optional(v.string(), ''),
    logDriver: v.optional(v.string(), ''),
    ociRuntime: v.object({ name: v.string() }),
    security: v.object({ rootless: v.boolean() }),
  }),
  store: v.object({ graphDriverName: v.string(), runRoot: v.optional(v.string(), '') }),
  version: v.object({ Version: v.string() }),
});

/** What Podman says of itself. */
export interface PodmanFacts {
  readonly version: string;
  readonly rootless: boolean;
  readonly runtime: string;
  readonly networkBackend: string;
  readonly logDriver: string;
  readonly storageDriver: string;
  readonly runRoot: string;
}

/** From `podman info --format json`. */
export function podmanFacts(json: string): PodmanFacts {
  const { host, store, version } = v.parse(infoSchema, JSON.parse(json));
  return {
    version: version.Version,
    rootless: host.security.rootless,
    runtime: host.ociRuntime.name,
    networkBackend: host.networkBackend,
    logDriver: host.logDriver,
    storageDriver: store.graphDriverName,
    runRoot: store.runRoot,
  };
}
