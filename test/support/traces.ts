import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupParent } from '../../scripts/lib/playground/cgroups.ts';
import { podmanRunRoot } from '../../scripts/lib/playground/podman-config.ts';

/** What the machine still shows of a playground: one line for each process, mount and cgroup. */
export function tracesOf(stateDir: string): string[] {
  const runRoot = podmanRunRoot(stateDir);
  return [
    ...processesNaming(stateDir),
    ...mounts(stateDir),
    ...mounts(runRoot),
    ...(existsSync(runRoot) ? [`folder ${runRoot}`] : []),
    ...cgroups(stateDir),
  ];
}

/** Every other process whose command line or environment holds the text. */
export function processesNaming(text: string): string[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids
    .filter((pid) => Number(pid) !== process.pid)
    .filter((pid) => `${read(pid, 'cmdline')}\0${read(pid, 'environ')}`.includes(text))
    .map((pid) => `process ${pid}: ${read(pid, 'cmdline').replaceAll('\0', ' ')}`);
}

function mounts(stateDir: string): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.filter((line) => line.includes(stateDir)).map((line) => `mount ${line}`);
}

function cgroups(stateDir: string): string[] {
  const top = '/sys/fs/cgroup';
  const hierarchies = ['', ...(existsSync(top) ? readdirSync(top) : [])];
  const folders = hierarchies.map((name) => join(top, name, cgroupParent(stateDir)));
  return folders.filter((folder) => existsSync(folder)).map((folder) => `cgroup ${folder}`);
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
