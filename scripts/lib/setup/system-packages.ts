/** Debian packages that demo and tests need, each with the reason. */
export const systemPackages: Readonly<Record<string, string>> = {
  'ca-certificates': 'trust in what is downloaded',
  podman: 'runs the service containers',
  buildah: 'builds what the benchmark compares with',
  crun: 'runs containers for Podman',
  runc: 'runs the steps of builds, and containers where crun cannot',
  netavark: 'networks between containers',
  'aardvark-dns': 'names of containers on their networks',
  iptables: 'published ports',
  'fuse-overlayfs': 'container storage without root',
  slirp4netns: 'container networks without root',
  uidmap: 'containers without root',
  shellcheck: 'reads the shell scripts of the agent image',
  'dnsmasq-base': 'a DNS server with SRV records, for tests of replicas',
  'dropbear-bin': 'an SSH server, for tests of daemons behind ssh',
  'openssh-client': 'reaches daemons behind ssh',
  catatonit: 'collects the ended processes of a builder',
  'qemu-user-static': 'runs programs of the other architecture',
  'arch-test': 'tells which architectures run here',
  mmdebstrap: 'makes base images where Docker Hub cannot be reached',
  curl: "calls Azure DevOps and Entra, in the chart's and the agent image's scripts",
  jq: 'reads its answers there',
  'debian-archive-keyring': "checks the signatures of Debian's packages",
  chromium: "shows the build page's tab, in its tests and screenshots",
};

/** Ubuntu has them as snaps only, for which a machine needs systemd. */
const snaps = ['chromium'];

/**
 * The packages to have on a system.
 * @param osRelease text of /etc/os-release (os-release(5))
 */
export function packagesOf(osRelease: string): string[] {
  const isUbuntu = /^ID="?ubuntu"?$/m.test(osRelease);
  return Object.keys(systemPackages).filter((name) => !(isUbuntu && snaps.includes(name)));
}

/**
 * The packages that are not installed.
 * @param dpkgOutput lines of `PACKAGE STATUS` for the packages that dpkg knows
 */
export function missingPackages(wanted: readonly string[], dpkgOutput: string): string[] {
  const installed = new Set(dpkgOutput.split('\n'));
  return wanted.filter((name) => !installed.has(`${name} installed`));
}

/** The one command that installs packages, for people. */
export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
}

/** One line for each package with the reason why it is needed. */
export function describePackages(packages: readonly string[]): string {
  return packages.map((name) => `  ${name}: ${systemPackages[name] ?? ''}`).join('\n');
}
