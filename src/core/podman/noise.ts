/** Lines that Podman's helpers print on a host without syslog or systemd, which say nothing about the container. */
const noise = [
  /^failed to connect to syslog/,
  /unable to get systemd connection to add healthchecks/,
  /Failed to add conmon to cgroupfs sandbox cgroup/,
];

/** True for a line on Podman's standard error that nobody needs to see. */
export function isNoise(line: string): boolean {
  return noise.some((pattern) => pattern.test(line));
}
