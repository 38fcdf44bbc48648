import { join } from 'node:path/posix';
import {
  type MachineFacts,
  type Presence,
  machineFacts,
} from '../../src/core/podman/machine-facts.ts';
import { type PodmanFacts, podmanFacts } from '../../src/core/podman/podman-facts.ts';
import { mustPodman } from './podman.ts';
import type { PodmanPorts } from './services-ports.ts';

/** Where Podman looks for its helpers (containers.conf(5): helper_binaries_dir). */
const helperFolders = [
  '/usr/local/libexec/podman',
  '/usr/local/lib/podman',
  '/usr/libexec/podman',
  '/usr/lib/podman',
];
/** containers.conf(5): cni_plugin_dirs. */
const cniFolders = ['/usr/local/libexec/cni', '/usr/libexec/cni', '/usr/lib/cni', '/opt/cni/bin'];

const bootId = '/proc/sys/kernel/random/boot_id';

/** What of the environment changes what Podman does. */
const steering = ['CONTAINERS_CONF', 'CONTAINERS_STORAGE_CONF', 'XDG_RUNTIME_DIR', 'HOME', 'PATH'];

/** Everything that `podman info` asks of Podman; takes 0.3 s. */
export async function learnPodman(ports: PodmanPorts): Promise<PodmanFacts> {
  const during = 'the look at Podman';
  return podmanFacts(await mustPodman(['info', '--format', 'json'], { during }, ports));
}

/** From files alone. */
export async function learnMachine(ports: PodmanPorts): Promise<MachineFacts> {
  const read = textReader(ports);
  return machineFacts(
    {
      limits: await read('/proc/self/limits'),
      status: await read('/proc/self/status'),
      mountinfo: await read('/proc/self/mountinfo'),
      pidMax: await read('/proc/sys/kernel/pid_max'),
      unifiedControllers: await read('/sys/fs/cgroup/unified/cgroup.controllers'),
    },
    await lookAround(ports),
  );
}

async function lookAround({ host, files }: PodmanPorts): Promise<Presence> {
  const found = async (folders: readonly string[], name: string): Promise<boolean> => {
    // A plain user's PATH may name folders of root.
    const look = (folder: string) => files.exists(join(folder, name)).catch(() => undefined);
    const looks = await Promise.all(folders.map(look));
    return looks.includes('file');
  };
  const path = (host.environment('PATH') ?? '').split(':').filter((each) => each !== '');
  const wanted = ['crun', 'runc', 'newuidmap'];
  const onPath = await Promise.all(wanted.map((name) => found(path, name)));
  const aardvark = await found([...helperFolders, ...path], 'aardvark-dns');
  return {
    hasTun: await files.canWrite('/dev/net/tun'),
    hasFuse: await files.canWrite('/dev/fuse'),
    hasSystemd: (await files.exists('/run/systemd/system')) === 'directory',
    hasInit: await found(helperFolders, 'catatonit'),
    hasNames: aardvark || (await found(cniFolders, 'dnsname')),
    programs: wanted.filter((_, at) => onPath[at]),
  };
}

/** What else may change Podman's answer: the boot, the environment, its configuration, our own arguments. */
export async function surroundings(ports: PodmanPorts): Promise<object> {
  const { host, podman } = ports;
  const read = textReader(ports);
  const home = host.environment('HOME') ?? '/root';
  const folders = ['/etc/containers', join(home, '.config/containers')];
  const named = ['CONTAINERS_CONF', 'CONTAINERS_STORAGE_CONF'].map((n) => host.environment(n));
  const paths = [
    ...folders.flatMap((folder) => [`${folder}/containers.conf`, `${folder}/storage.conf`]),
    ...named.filter((path) => path !== undefined),
  ];
  return {
    boot: await read(bootId),
    program: [podman.file, ...podman.globalArgs],
    installed: await changes(ports),
    environment: steering.map((name) => host.environment(name) ?? ''),
    configuration: await Promise.all(paths.map(read)),
  };
}

/** Of every file that may be Podman: a new one is a new Podman, and to look is quicker than to ask for its version. */
async function changes({ host, files, podman }: PodmanPorts): Promise<readonly unknown[]> {
  const folders = (host.environment('PATH') ?? '').split(':');
  const paths = podman.file.includes('/')
    ? [podman.file]
    : folders.map((f) => join(f, podman.file));
  return Promise.all(paths.map(async (path) => (await files.changedAt(path)) ?? null));
}

function textReader({ files }: PodmanPorts): (path: string) => Promise<string> {
  return async (path) => (await files.readText(path).catch(() => undefined)) ?? '';
}
