import { type Owner } from '../../src/core/podman/labels.ts';
import type { PodmanPorts } from './services-ports.ts';

/*
 * Notes below the agent's own folder: which runs of the step may have left something, and that there was
 * nothing else when somebody looked. They save each job three calls of Podman. Labels stay the truth: where
 * there is no note of a look in this boot, Podman is asked.
 */

const bootId = '/proc/sys/kernel/random/boot_id';

type Ports = Pick<PodmanPorts, 'host' | 'files' | 'podman'>;

/** Before anything is created. An agent whose folder is read-only asks Podman in every job. */
export async function noteRun({ project, job }: Owner, ports: Ports): Promise<void> {
  const folder = folderOf(ports);
  if (folder !== undefined) await write(`${folder}/runs/${project}`, job, ports);
}

/** After everything of the run is gone. */
export async function forgetRun(project: string, ports: Omit<Ports, 'podman'>): Promise<void> {
  const folder = folderOf(ports);
  if (folder !== undefined) await ports.files.remove(`${folder}/runs/${project}`);
}

/** False: nobody has looked in this boot, or another job of this agent has not cleaned up. */
export async function isSwept({ job }: Owner, ports: Ports): Promise<boolean> {
  const folder = folderOf(ports);
  if (folder === undefined) return false;
  const looked = await read(`${folder}/swept`, ports);
  if (looked !== (await lookOf(ports))) return false;
  const runs = await runsIn(folder, ports);
  return runs.every(([, of]) => of === job);
}

/** After all that other jobs have left is gone. */
export async function noteSweep({ job }: Owner, ports: Ports): Promise<void> {
  const folder = folderOf(ports);
  if (folder === undefined) return;
  for (const [run, of] of await runsIn(folder, ports)) if (of !== job) await forgetRun(run, ports);
  await write(`${folder}/swept`, await lookOf(ports), ports);
}

function folderOf({ host }: Pick<Ports, 'host'>): string | undefined {
  const folder = host.variable('Agent.WorkFolder');
  return folder === undefined ? undefined : `${folder}/_daemonless/services`;
}

async function runsIn(
  folder: string,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly (readonly [run: string, job: string | undefined])[]> {
  const runs = await files.list(`${folder}/runs`);
  return Promise.all(
    runs.map(async (run) => [run, await files.readText(`${folder}/runs/${run}`)] as const),
  );
}

/** What a look holds for: this boot, this Podman, its storage. */
async function lookOf(ports: Ports): Promise<string> {
  const { host, podman } = ports;
  const boot = (await read(bootId, ports)) ?? '';
  const storage = ['CONTAINERS_CONF', 'CONTAINERS_STORAGE_CONF', 'HOME'].map((n) =>
    host.environment(n),
  );
  return JSON.stringify([boot.trim(), podman.file, ...podman.globalArgs, ...storage]);
}

/** What cannot be read costs a look of Podman only. */
async function read(path: string, { host, files }: Ports): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    host.debug(`not read: ${String(error)}`);
    return undefined;
  }
}

/** Its failure costs time only. */
async function write(path: string, text: string, { host, files }: Ports): Promise<void> {
  await files.writeText(path, text).catch((error: unknown) => {
    host.debug(`not noted: ${String(error)}`);
  });
}
