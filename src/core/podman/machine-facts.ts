/** What the files of /proc, /sys and /dev tell about the machine and this process. Nothing is started to learn it. */
export interface MachineFacts {
  /** Hard limits of this process; undefined: unlimited. */
  readonly openFiles: number | undefined;
  readonly processes: number | undefined;
  /** /proc/sys/kernel/pid_max: Podman lowers its own limit of processes to it. */
  readonly pidMax: number | undefined;
  /** CAP_SYS_RESOURCE. */
  readonly canRaiseLimits: boolean;
  /** CAP_NET_ADMIN. */
  readonly canMakeNetworks: boolean;
  /** allowPrivilegeEscalation: false, in Kubernetes' words. */
  readonly noNewPrivileges: boolean;
  /** Controllers of a cgroup v2 that is mounted beside v1 ("hybrid"); empty when there is none. */
  readonly hybridControllers: readonly string[];
  /** Everything at and below /sys/fs/cgroup is mounted read-only. */
  readonly cgroupsAreReadOnly: boolean;
  /** Something lies over parts of /proc, as in a pod with procMount: Default. */
  readonly procIsMasked: boolean;
  readonly hasTun: boolean;
  readonly hasFuse: boolean;
  readonly hasSystemd: boolean;
  /** The init binary that `--init` needs, catatonit, is where Podman looks. */
  readonly hasInit: boolean;
  /** The program that answers names on Podman's networks: aardvark-dns, or dnsname for CNI. */
  readonly hasNames: boolean;
  /** On the PATH of this process: of crun, runc, newuidmap. */
  readonly programs: readonly string[];
}

/** Texts are empty where a file is missing. */
export interface MachineFiles {
  /** /proc/self/limits, /proc/self/status, /proc/self/mountinfo, /proc/sys/kernel/pid_max */
  readonly limits: string;
  readonly status: string;
  readonly mountinfo: string;
  readonly pidMax: string;
  /** cgroup.controllers of /sys/fs/cgroup/unified */
  readonly unifiedControllers: string;
}

/** What only a look at the file system tells. */
export type Presence = Pick<
  MachineFacts,
  'hasTun' | 'hasFuse' | 'hasSystemd' | 'hasInit' | 'hasNames' | 'programs'
>;

/** Bits of CapEff in proc_pid_status(5), numbers of capability.h. */
const capabilities = { netAdmin: 12n, sysResource: 24n };

export function machineFacts(files: MachineFiles, presence: Presence): MachineFacts {
  const [, effective = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(files.status) ?? [];
  const has = (bit: bigint): boolean => ((BigInt(`0x${effective}`) >> bit) & 1n) === 1n;
  const mounts = mountsIn(files.mountinfo);
  const cgroups = mounts.filter(({ path }) => /^\/sys\/fs\/cgroup(\/|$)/.test(path));
  return {
    ...presence,
    openFiles: hardLimit(files.limits, 'Max open files'),
    processes: hardLimit(files.limits, 'Max processes'),
    pidMax: Number(files.pidMax) || undefined,
    canRaiseLimits: has(capabilities.sysResource),
    canMakeNetworks: has(capabilities.netAdmin),
    noNewPrivileges: /^NoNewPrivs:\s*1$/m.test(files.status),
    hybridControllers: files.unifiedControllers.split(/\s+/).filter((name) => name !== ''),
    cgroupsAreReadOnly: cgroups.length > 0 && cgroups.every(({ readOnly }) => readOnly),
    procIsMasked: mounts.some(({ path }) => /^\/proc\/(?!sys\/fs\/binfmt_misc$)/.test(path)),
  };
}

interface MountPoint {
  readonly path: string;
  readonly readOnly: boolean;
}

/** Fifth and sixth field of proc_pid_mountinfo(5): mount point and options. */
function mountsIn(mountinfo: string): readonly MountPoint[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [, , , , path, options] = line.split(' ');
    if (path === undefined || options === undefined) return [];
    return [{ path, readOnly: options.split(',').includes('ro') }];
  });
}

/** The second number of a row of /proc/self/limits. */
function hardLimit(limits: string, row: string): number | undefined {
  const line = limits.split('\n').find((text) => text.startsWith(row)) ?? '';
  const [, hard = ''] = line.slice(row.length).trim().split(/\s+/);
  return /^\d+$/.test(hard) ? Number(hard) : undefined;
}
