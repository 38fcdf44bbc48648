import { removePods } from './remove-pods.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { loadRecord, removeRecord } from '../../src/workflows/job-record.ts';
import { parseRecord } from './state.ts';

/** The post-job step: removes what the record names; the daemon and its cache are not ours. */
export async function removeBuilder(
  ports: Pick<TaskPorts, 'host' | 'files' | 'commands'>,
): Promise<void> {
  const json = await loadRecord(ports);
  if (json === undefined) {
    ports.host.info('There is no builder to remove.');
    return;
  }
  const record = parseRecord(json, ports.host.tempDirectory);
  const { builderName, store } = record;
  await removePods(record, ports);
  await ports.files.remove(store);
  await removeRecord(ports);
  const kept = record.podsOf === undefined ? ' The daemon keeps its cache.' : '';
  ports.host.info(`Removed builder ${builderName} with its certificate files.${kept}`);
}
