import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { loadRecord, removeRecord } from '../../src/workflows/job-record.ts';
import { parseRecord } from './state.ts';

/** The post-job step: removes logins and secrets that a cancelled or killed main step left. */
export async function removeBuildFiles(ports: Pick<TaskPorts, 'host' | 'files'>): Promise<void> {
  const { host, files } = ports;
  const json = await loadRecord(ports);
  if (json === undefined) {
    host.info('There is nothing to remove.');
    return;
  }
  const { privateFolder } = parseRecord(json, host.tempDirectory);
  const wasLeft = (await files.exists(privateFolder)) !== undefined;
  await files.remove(privateFolder);
  await removeRecord(ports);
  host.info(
    wasLeft ? 'Removed the logins and secrets of the build.' : 'The build left nothing behind.',
  );
}
