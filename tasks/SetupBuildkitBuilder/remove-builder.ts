import { removePods } from './remove-pods.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { loadRecord, removeRecord } from '../../src/workflows/job-record.ts';
import { failoverFile } from '../../src/core/routing/failover-record.ts';
import { type BuilderRecord, parseRecord } from './state.ts';

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
  const { builderName } = record;
  await removePods(record, ports);
  await removeFiles(record, ports);
  await removeRecord(ports);
  const kept = record.podsOf === undefined ? ' The daemon keeps its cache.' : '';
  ports.host.info(`Removed builder ${builderName} with its certificate files.${kept}`);
}

/** All of the store; only what is the builder's own while another step of the job still has one in it. */
async function removeFiles(
  { builderName: name, store }: BuilderRecord,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  const own = [`${store}/instances/${name}`, `${store}/certs/${name}`, failoverFile(store, name)];
  const records = (await files.list(`${host.tempDirectory}/daemonless`)).filter(
    (file) => /^builder-.*\.json$/.test(file) && file !== `builder-${name}.json`,
  );
  const paths = records.length === 0 ? [store] : own;
  for (const path of paths) await files.remove(path);
}
