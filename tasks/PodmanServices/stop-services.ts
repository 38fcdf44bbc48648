import { join, resolve } from 'node:path/posix';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { recordedPorts, recordedServices, removeServices } from './remove-services.ts';
import { reportDeaths } from './report-deaths.ts';
import type { PodmanPorts } from './services-ports.ts';
import { showLogs } from './show-logs.ts';
import type { ServicesRecord } from './state.ts';
import { writeLogs } from './write-logs.ts';

/** The post-job step: says who died, shows logs as asked for, then removes everything of this step. */
export async function stopServices(taskPorts: TaskPorts): Promise<void> {
  const record = await recordedServices(taskPorts);
  if (record === undefined) {
    taskPorts.host.info('There are no services to remove.');
    return;
  }
  const ports = recordedPorts(record, taskPorts);
  const dead = await reportDeaths(ports);
  const hasFailed = ports.host.variable('Agent.JobStatus') !== 'Succeeded';
  await giveLogs(record, dead, hasFailed, ports);
  if (hasFailed && record.keepOnFailure && record.containers.length > 0) {
    await keepServices(record, ports);
    return;
  }
  await ports.host.group('Remove services', () => removeServices(ports));
}

/** All logs after a failure or when asked for; else those of services that died. */
async function giveLogs(
  record: ServicesRecord,
  dead: readonly string[],
  hasFailed: boolean,
  ports: PodmanPorts,
): Promise<void> {
  if (record.logs === 'never') return;
  const all = record.logs === 'always' || hasFailed;
  const wanted = record.containers.filter(({ service }) => all || dead.includes(service));
  if (wanted.length === 0) return;
  await showLogs(wanted, ports);
  const sources = ports.host.variable('System.DefaultWorkingDirectory') ?? '/';
  const folder =
    record.logFolder === undefined
      ? join(ports.host.tempDirectory, 'service-logs', record.project)
      : resolve(sources, record.logFolder);
  const paths = await writeLogs(wanted, folder, ports);
  paths.forEach((path) => {
    ports.host.uploadFile(path);
  });
}

/** Only what holds secrets goes; the next job of this agent removes the rest. */
async function keepServices(record: ServicesRecord, ports: PodmanPorts): Promise<void> {
  const { host, files } = ports;
  await files.remove(join(record.folder, 'logins'));
  host.warning(
    'The services are still up, because the job failed and keepOnFailure is set. They stay until the next job of this agent that uses PodmanServices.',
  );
  record.containers.forEach(({ service, name }) => {
    host.info(`${service}: podman exec -it ${name} sh; podman logs ${name}`);
  });
  host.info(
    `All of it away: podman rm --force --volumes --filter label=com.docker.compose.project=${record.project}`,
  );
}
