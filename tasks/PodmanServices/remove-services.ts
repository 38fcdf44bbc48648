import { succeeded } from '../../src/core/command-failure.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import { jobLabel } from '../../src/core/podman/labels.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { loadRecord, removeRecord } from '../../src/workflows/job-record.ts';
import { podman } from './podman.ts';
import { type ServicesRecord, parseRecord } from './state.ts';

const attempts = 3;
const pauseMs = 500;

/** What an earlier run of this very step recorded; undefined when there was none. */
export async function recordedServices(ports: TaskPorts): Promise<ServicesRecord | undefined> {
  const json = await loadRecord(ports);
  return json === undefined ? undefined : parseRecord(json, ports.host.tempDirectory);
}

/**
 * Removes what this step has created, by its recorded names, and what carries this job's label, should the
 * record be incomplete. Nothing else is ever touched; doing it twice is fine. What resists is a warning:
 * it must not turn a good job red.
 */
export async function removeServices(ports: TaskPorts): Promise<void> {
  const record = await recordedServices(ports);
  if (record === undefined) return;
  await ports.files.remove(record.envFile);
  if (record.loginFolder !== undefined) await ports.files.remove(record.loginFolder);
  const names = record.containers.map(({ name }) => name);
  const time = ['--time', String(record.stopTimeoutSeconds)];
  const remove = ['rm', '--force', '--volumes', ...time];
  const commands = [
    // By name first: it also clears what a killed start has left in the storage, which has no label.
    [...remove, '--ignore', ...names],
    ['network', 'rm', '--force', record.network],
    ...record.volumes.map((volume) => ['volume', 'rm', '--force', volume]),
  ];
  const results: boolean[] = [];
  for (const args of commands) results.push(await removeWith(args, ports));
  if (results.every(Boolean)) await removeRecord(ports);
}

/** Everything of this job by label: for the end of the job, when nothing of it may stay. */
export async function removeByLabel(ports: TaskPorts): Promise<void> {
  const slug = jobSlug(jobIdentity((name) => ports.host.variable(name)));
  const filter = ['--filter', `label=${jobLabel}=${slug}`];
  const listings = [
    { list: ['ps', '--all', '--quiet'], remove: ['rm', '--force', '--volumes', '--time', '2'] },
    { list: ['network', 'ls', '--quiet'], remove: ['network', 'rm', '--force'] },
    { list: ['volume', 'ls', '--quiet'], remove: ['volume', 'rm', '--force'] },
  ];
  for (const { list, remove } of listings) {
    const during = 'the search for leftovers';
    const found = await podman([...list, ...filter], { during }, ports);
    const names = found.stdout.split('\n').filter((name) => name !== '');
    if (names.length > 0) await removeWith([...remove, ...names], ports);
  }
}

/** Removal may meet "device or resource busy" after a killed start (services-anchors, section 6). */
async function removeWith(args: readonly string[], ports: TaskPorts): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const during = 'the removal of services';
    const result = await podman(args, { during, echo: attempt === 1 }, ports);
    if (succeeded(result)) return true;
    if (attempt === attempts) {
      const words = ports.host.redact(result.stderr.trim());
      ports.host.warning(`podman ${args.join(' ')} failed ${attempts} times: ${words}`);
      return false;
    }
    await ports.clock.sleep(pauseMs);
  }
}
