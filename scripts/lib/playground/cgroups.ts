import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

const cgroupMount = '/sys/fs/cgroup';

/** The cgroup below which all builds of a playground run; its name follows from the state folder. */
export function cgroupParent(stateDir: string): string {
  const digest = createHash('sha256').update(stateDir).digest('hex').slice(0, 12);
  return `/daemonless-playground-${digest}`;
}

/** Removes the empty cgroups that builds leave when their daemon is killed (hierarchies of v1 and v2). */
export function removeCgroups(stateDir: string): void {
  const hierarchies = existsSync(cgroupMount) ? readdirSync(cgroupMount) : [];
  for (const hierarchy of ['', ...hierarchies]) {
    const top = join(cgroupMount, hierarchy, cgroupParent(stateDir));
    if (existsSync(top)) removeTree(top);
  }
}

function removeTree(folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) removeTree(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // A process that is just dying still holds it; an empty cgroup costs nothing, the next run removes it.
  }
}
