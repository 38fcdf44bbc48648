import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { recordedServices, removeByLabel, removeServices } from './remove-services.ts';
import { showLogs } from './show-logs.ts';

/** The post-job step: shows logs as asked for, then removes everything of this job. */
export async function stopServices(ports: TaskPorts): Promise<void> {
  const record = await recordedServices(ports);
  if (record === undefined) {
    ports.host.info('There are no services to remove.');
    return;
  }
  await showLogs(record, ports);
  await ports.host.group('Remove services', async () => {
    await removeServices(ports);
    await removeByLabel(ports);
  });
}
