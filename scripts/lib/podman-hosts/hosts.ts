import { UserError } from '../../../src/core/errors.ts';

/** A distribution whose Podman the tests of services are run on. */
export interface PodmanHost {
  readonly suite: string;
  /** As mmdebstrap takes them; undefined: Debian's own mirror. */
  readonly sources?: readonly string[];
  /** `pod`: cgroups v2 alone, without controllers, as a pod's cgroup hands none on. */
  readonly cgroups: 'host' | 'pod';
}

/** Vouched for by TLS: Debian has no key of Ubuntu's, and a root for tests needs none. */
const ubuntu = ['noble', 'noble-updates'].map(
  (suite) => `deb [trusted=yes] https://archive.ubuntu.com/ubuntu ${suite} main universe`,
);

const hosts: Readonly<Record<string, PodmanHost>> = {
  noble: { suite: 'noble', sources: ubuntu, cgroups: 'host' },
  trixie: { suite: 'trixie', cgroups: 'host' },
  'trixie-pod': { suite: 'trixie', cgroups: 'pod' },
};

/** @throws UserError with the names that there are */
export function podmanHost(name: string): PodmanHost {
  const host = hosts[name];
  if (host !== undefined) return host;
  const change = `Use one of ${Object.keys(hosts).join(', ')}.`;
  throw new UserError([{ what: `There is no host "${name}".`, change }]);
}

/** What the tests need of a distribution, Podman before all. */
export const packages: readonly string[] = [
  ...['podman', 'runc', 'crun', 'netavark', 'aardvark-dns', 'catatonit', 'iptables', 'nftables'],
  ...['slirp4netns', 'passt', 'uidmap', 'fuse-overlayfs', 'busybox-static', 'ca-certificates'],
  ...['curl', 'git', 'iproute2', 'lsof', 'procps', 'psmisc', 'python3', 'libstdc++6', 'libatomic1'],
];
