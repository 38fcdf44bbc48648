import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { execa } from 'execa';

/** A network and mounts of one's own, in which nobody else's bridges and network namespaces can be seen. */
export interface OwnNetwork {
  /** What to put before a command. */
  readonly launcher: readonly string[];
  /** Interfaces other than lo, network namespaces, and rows of Podman's DNS server. */
  leftovers(): Promise<readonly string[]>;
  remove(): void;
}

const hold = [
  'ip link set lo up',
  'mkdir -p /run/netns /run/containers',
  'mount -t tmpfs none /run/netns',
  'mount -t tmpfs none /run/containers',
  'echo ready',
  'exec sleep 10000',
].join(' && ');

export async function ownNetwork(): Promise<OwnNetwork> {
  const options = ['--net', '--mount', '--propagation', 'private'];
  const holder = spawn('unshare', [...options, 'sh', '-c', hold], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const launcher = ['nsenter', '--target', String(holder.pid), '--net', '--mount', '--wd', '--'];
  const [enter = '', ...within] = launcher;
  return {
    launcher,
    leftovers: async () => {
      const script = 'ls /sys/class/net /run/netns; ls /run/containers/networks/aardvark-dns';
      const mounted = `mount -t sysfs none /sys && ${script}`;
      const own = ['unshare', '--mount', 'sh', '-c', mounted];
      const { stdout } = await execa(enter, [...within, ...own], { reject: false });
      const known = ['', 'lo', 'ifb0', 'ifb1', 'tunl0', 'aardvark.pid'];
      return stdout.split('\n').filter((name) => !known.includes(name) && !name.startsWith('/'));
    },
    remove: () => {
      holder.kill('SIGKILL');
    },
  };
}

/** The same of a plain user, whose namespaces lie below its own run-time folder. */
export async function leftoversOfUser(runtimeFolder: string): Promise<readonly string[]> {
  const folders = [`${runtimeFolder}/netns`, `${runtimeFolder}/containers/networks/aardvark-dns`];
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return names.flat().filter((name) => name !== 'aardvark.pid');
}
