import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes that only a cluster's node has. */
const programs = /\/run\/(kubernetes|debian|cluster)\/|hold-node\.sh|containerd-shim/;

/** What the machine shows of any cluster: one line for each process, mount, link, cgroup and registered emulator. */
export function clusterTraces(): readonly string[] {
  return [
    ...entries('/proc')
      .filter(isProgramOfNode)
      .map((pid) => `process ${pid}`),
    ...mounts(),
    ...entries('/sys/class/net').filter((name) => /^dlc[0-9a-f]{8}$/.test(name)),
    ...entries('/sys/fs/cgroup').flatMap((hierarchy) =>
      entries(join('/sys/fs/cgroup', hierarchy)).filter((name) =>
        /^(daemonless-cluster-|kubepods)/.test(name),
      ),
    ),
    ...entries('/proc/sys/fs/binfmt_misc').filter((name) => /daemonless|ci-/.test(name)),
    ...entries('/tmp').filter((name) => name === 'hostpath_pv'),
  ];
}

function isProgramOfNode(pid: string): boolean {
  return /^\d+$/.test(pid) && programs.test(text(`/proc/${pid}/cmdline`));
}

function mounts(): readonly string[] {
  const lines = text('/proc/self/mountinfo').split('\n');
  return lines.filter((line) => /\/run\/cluster|hostpath_pv|kubelet/.test(line));
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
