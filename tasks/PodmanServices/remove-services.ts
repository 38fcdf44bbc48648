import { succeeded } from '../../src/core/command-failure.ts';
import { projectLabel } from '../../src/core/podman/labels.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { loadRecord, removeRecord } from '../../src/workflows/job-record.ts';
import { forgetRun } from './agent-journal.ts';
import { podman } from './podman.ts';
import type { PodmanPorts } from './services-ports.ts';
import { type ServicesRecord, parseRecord } from './state.ts';

const attempts = 3;
const pauseMs = 500;
/** A clean-up must end before the agent loses its patience. */
const limitMs = 30_000;

/** What an earlier run of this very step recorded; undefined when there was none. */
export async function recordedServices(ports: TaskPorts): Promise<ServicesRecord | undefined> {
  const json = await loadRecord(ports);
  return json === undefined ? undefined : parseRecord(json, ports.host.tempDirectory);
}

/** As the main step called Podman: what was made with one storage is not found in another. */
export function recordedPorts(record: ServicesRecord, ports: TaskPorts): PodmanPorts {
  return { ...ports, podman: record.podman };
}

/**
 * Removes what this step has created, by its recorded names, and what else carries its label. Nothing else is
 * ever touched; doing it twice is fine. What resists is a warning: it must not turn a good job red.
 */
export async function removeServices(taskPorts: TaskPorts): Promise<void> {
  const record = await recordedServices(taskPorts);
  if (record === undefined) return;
  const ports = recordedPorts(record, taskPorts);
  await ports.files.remove(`${record.folder}/logins`);
  // A record that is complete names all there is: a search beside the removal confirms it, and costs no time.
  const [isGone, hasMore] = await Promise.all([
    removeRecorded(record, ports),
    record.isComplete !== true || hasUnrecorded(record, ports),
  ]);
  const isAll = !hasMore || (await removeByLabel(labelOf(record), ports));
  const areSecretsGone =
    !(hasMore || record.hasSecrets) || (await removeSecrets(record.project, ports));
  if (!isGone || !isAll || !areSecretsGone) return;
  await forgetRun(record.project, ports);
  // Last: Podman's private configuration may lie there.
  await ports.files.remove(record.folder);
  await removeRecord(ports);
}

async function removeRecorded(record: ServicesRecord, ports: PodmanPorts): Promise<boolean> {
  const results: boolean[] = [];
  for (const args of removals(record)) results.push(await removeWith(args, ports));
  return results.every(Boolean);
}

/** Whether anything is labelled as ours that the record does not name. One list after the other, to leave the removal a processor. */
async function hasUnrecorded(record: ServicesRecord, ports: PodmanPorts): Promise<boolean> {
  const filter = ['--filter', `label=${labelOf(record)}`];
  const containers = record.containers.map(({ name }) => name);
  const kinds = [
    { list: ['ps', '--all', '--format', '{{.Names}}', ...filter], recorded: containers },
    { list: ['network', 'ls', '--quiet', ...filter], recorded: record.networks },
    { list: ['volume', 'ls', '--quiet', ...filter], recorded: record.volumes },
  ];
  for (const { list, recorded } of kinds) {
    const found = await listNames(list, ports);
    if (found.some((name) => !recorded.includes(name))) return true;
  }
  return false;
}

function labelOf({ project }: ServicesRecord): string {
  return `${projectLabel}=${project}`;
}

/** By name: it also clears what a killed start has left in the storage, which has no label. */
function removals(record: ServicesRecord): readonly (readonly string[])[] {
  const { containers, networks, volumes, stopTimeoutSeconds } = record;
  const names = containers.map(({ name }) => name);
  const remove = ['rm', '--force', '--volumes', '--time', String(stopTimeoutSeconds), '--ignore'];
  return [
    ...(names.length === 0 ? [] : [[...remove, ...names]]),
    ...(networks.length === 0 ? [] : [['network', 'rm', '--force', ...networks]]),
    ...(volumes.length === 0 ? [] : [['volume', 'rm', '--force', ...volumes]]),
  ];
}

/** Everything with a label: containers first, because they hold the rest. False: something resisted. */
export async function removeByLabel(label: string, ports: PodmanPorts): Promise<boolean> {
  const listings = [
    { list: ['ps', '--all', '--quiet'], remove: ['rm', '--force', '--volumes', '--time', '2'] },
    { list: ['network', 'ls', '--quiet'], remove: ['network', 'rm', '--force'] },
    { list: ['volume', 'ls', '--quiet'], remove: ['volume', 'rm', '--force'] },
  ];
  const results: boolean[] = [];
  for (const { list, remove } of listings) {
    const names = await listNames([...list, '--filter', `label=${label}`], ports);
    if (names.length > 0) results.push(await removeWith([...remove, ...names], ports));
  }
  return results.every(Boolean);
}

/** Podman 4.3 finds secrets by name only: `prefix` is a job, or one run of a step. */
export async function removeSecrets(prefix: string, ports: PodmanPorts): Promise<boolean> {
  const all = await listNames(['secret', 'ls', '--format', '{{.Name}}'], ports);
  const ours = all.filter((name) => name.startsWith(`${prefix}-`));
  return ours.length === 0 || removeWith(['secret', 'rm', ...ours], ports);
}

async function listNames(args: readonly string[], ports: PodmanPorts): Promise<readonly string[]> {
  const during = 'the search for leftovers';
  const { stdout } = await podman(args, { during }, ports);
  return stdout.split('\n').filter((name) => name !== '');
}

/** Removal may meet "device or resource busy" after a killed start (services-anchors, section 6). */
async function removeWith(args: readonly string[], ports: PodmanPorts): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const during = 'the removal of services';
    const options = { during, echo: attempt === 1, timeoutMs: limitMs };
    const result = await podman(args, options, ports);
    if (succeeded(result)) return true;
    if (attempt === attempts) {
      const words = ports.host.redact(result.stderr.trim());
      ports.host.warning(`podman ${args.join(' ')} failed ${attempts} times: ${words}`);
      return false;
    }
    await ports.clock.sleep(pauseMs);
  }
}
