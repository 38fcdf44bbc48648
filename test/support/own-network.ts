import { readdir } from 'node:fs/promises';
import { execa } from 'execa';
import { portRules } from './network-traces.ts';
import { type OwnNamespaces, ownNamespaces } from './own-namespaces.ts';

/** A network and mounts of one's own, in which nobody else's bridges and network namespaces can be seen. */
export interface OwnNetwork extends OwnNamespaces {
  /** Interfaces other than lo, network namespaces, rows of Podman's DNS server, and rules of published ports. */
  leftovers(): Promise<readonly string[]>;
}

const preparations = [
  'ip link set lo up',
  'mkdir -p /run/netns /run/containers',
  'mount -t tmpfs none /run/netns',
  'mount -t tmpfs none /run/containers',
];

export async function ownNetwork(): Promise<OwnNetwork> {
  const namespaces = await ownNamespaces(['net', 'mount'], preparations);
  const [enter = '', ...within] = namespaces.launcher;
  return {
    ...namespaces,
    leftovers: async () => {
      const script = 'ls /sys/class/net /run/netns; ls /run/containers/networks/aardvark-dns';
      const mounted = `mount -t sysfs none /sys && ${script}`;
      const own = ['unshare', '--mount', 'sh', '-c', mounted];
      const { stdout } = await execa(enter, [...within, ...own], { reject: false });
      const known = ['', 'lo', 'ifb0', 'ifb1', 'tunl0', 'aardvark.pid'];
      const names = stdout.split('\n');
      const left = names.filter((name) => !known.includes(name) && !name.startsWith('/'));
      return [...left, ...(await portRules(namespaces.launcher))];
    },
  };
}

/** The same of a plain user, whose namespaces lie below its own run-time folder. */
export async function leftoversOfUser(runtimeFolder: string): Promise<readonly string[]> {
  const folders = [`${runtimeFolder}/netns`, `${runtimeFolder}/containers/networks/aardvark-dns`];
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return names.flat().filter((name) => name !== 'aardvark.pid');
}
