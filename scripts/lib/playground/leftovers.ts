import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { removeCgroups } from './cgroups.ts';
import { marker } from './daemon.ts';
import { unmountBelow } from './mounts.ts';
import { podmanFolder, podmanRunRoot } from './podman-config.ts';
import { processesWith, selfAndAncestors, startTimeOf } from './process-table.ts';

const podmanLimit = 30_000;
const endLimit = 5_000;

/**
 * Ends and removes whatever a playground left: containers, volumes and networks, processes (known by the
 * marker in their environment), mounts, cgroups, the `run` folder. Logs, Podman's images and what the
 * caller asked to keep stay. Does nothing where nothing is left.
 */
export async function removeLeftovers(stateDir: string): Promise<void> {
  await removeContainers(stateDir);
  await endProcesses(stateDir);
  await unmountBelow(stateDir);
  await unmountBelow(podmanRunRoot(stateDir));
  removeCgroups(stateDir);
  await rm(podmanRunRoot(stateDir), { recursive: true, force: true });
  await rm(join(stateDir, 'run'), { recursive: true, force: true });
}

async function removeContainers(stateDir: string): Promise<void> {
  const folder = podmanFolder(stateDir);
  if (!existsSync(join(folder, 'libpod'))) return;
  const environment = {
    CONTAINERS_CONF: join(folder, 'containers.conf'),
    CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
  };
  for (const argv of [
    ['rm', '--all', '--force', '--volumes', '--time', '0'],
    ['volume', 'rm', '--all', '--force'],
    ['network', 'prune', '--force'],
  ]) {
    await execa('podman', argv, { env: environment, reject: false, timeout: podmanLimit });
  }
}

async function endProcesses(stateDir: string): Promise<void> {
  const spared = selfAndAncestors();
  const pids = processesWith(marker, stateDir).filter((pid) => !spared.includes(pid));
  for (const pid of pids) kill(pid);
  const end = Date.now() + endLimit;
  while (pids.some((pid) => startTimeOf(pid) !== undefined) && Date.now() < end) await sleep(20);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
