import { resolve } from 'node:path/posix';
import * as v from 'valibot';
import { UserError } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import { jobLabel, projectLabel, serviceLabel } from '../../src/core/podman/labels.ts';
import type { Inputs } from './inputs.ts';
import { mustPodman } from './podman.ts';
import { parseProgram } from './podman-inputs.ts';
import { removeByLabel, removeSecrets } from './remove-services.ts';
import type { PodmanPorts, ServicesPorts } from './services-ports.ts';
import { type LoggedContainer, showLogs } from './show-logs.ts';
import { writeLogs } from './write-logs.ts';

const listSchema = v.array(
  v.object({ Names: v.array(v.string()), Labels: v.nullish(v.record(v.string(), v.string())) }),
);

/** `command: down`: everything that this job has started, before its end. */
export async function takeDown(inputs: Inputs, taskPorts: ServicesPorts): Promise<void> {
  const ports = portsOf(inputs, taskPorts);
  const job = slugOf(ports);
  const containers = await containersOf(job, ports);
  await removeByLabel(`${jobLabel}=${job}`, ports);
  await removeSecrets(job, ports);
  const names = containers.map(({ service }) => service);
  ports.host.info(
    names.length === 0 ? 'This job has no services.' : `Removed ${names.join(', ')}.`,
  );
}

/** `command: logs`: the logs of everything that this job has started, as they are now. */
export async function giveAllLogs(inputs: Inputs, taskPorts: ServicesPorts): Promise<void> {
  const ports = portsOf(inputs, taskPorts);
  const containers = await containersOf(slugOf(ports), ports);
  if (containers.length === 0) ports.host.info('This job has no services.');
  await showLogs(containers, ports);
  if (inputs.logFolder === undefined) return;
  const sources = ports.host.variable('System.DefaultWorkingDirectory') ?? '/';
  await writeLogs(containers, resolve(sources, inputs.logFolder), ports);
}

function portsOf(inputs: Inputs, ports: ServicesPorts): PodmanPorts {
  const podman = parseProgram(inputs);
  if (!podman.ok) throw new UserError(podman.problems);
  return { ...ports, podman: podman.value };
}

function slugOf({ host }: PodmanPorts): string {
  return jobSlug(jobIdentity((name) => host.variable(name)));
}

async function containersOf(job: string, ports: PodmanPorts): Promise<readonly LoggedContainer[]> {
  const filter = ['--filter', `label=${jobLabel}=${job}`, '--format', 'json'];
  const during = 'the look at the services';
  const text = await mustPodman(['ps', '--all', ...filter], { during }, ports);
  const found = v.parse(listSchema, JSON.parse(text === '' ? '[]' : text));
  return found.map(({ Names: [name = ''], Labels }) => ({
    service: titleOf(name, Labels ?? {}),
    name,
  }));
}

/** As in the plan: a service may have several containers. */
function titleOf(name: string, labels: Readonly<Record<string, string>>): string {
  const project = labels[projectLabel] ?? '';
  const isOurs = project !== '' && name.startsWith(`${project}-`);
  return isOurs ? name.slice(project.length + 1) : (labels[serviceLabel] ?? name);
}
