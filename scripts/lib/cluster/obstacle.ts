import { existsSync } from 'node:fs';
import { execa } from 'execa';

/** Where kubelet of the pinned version makes the cgroups of pods here; one that has cgroup 2 alone is untested. */
const controllers = ['cpu', 'cpuset', 'memory', 'pids'].map((name) => `/sys/fs/cgroup/${name}`);

/** Why no cluster can be started on this machine, as a sentence; undefined when one can. */
export async function clusterObstacle(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'A cluster needs root: it makes namespaces and cgroups.';
  const missing = controllers.filter((folder) => !existsSync(folder));
  if (missing.length > 0) {
    return `A cluster needs the cgroup controllers of version 1, but ${missing.join(', ')} is not there.`;
  }
  const argv = ['--net', '--mount', '--pid', '--fork', 'true'];
  const { exitCode, stderr } = await execa('unshare', argv, { reject: false, timeout: 10_000 });
  return exitCode === 0 ? undefined : `A cluster needs namespaces of its own: ${stderr}`;
}
