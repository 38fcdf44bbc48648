import { UserError } from '../core/errors.ts';
import type { TaskPorts } from '../ports/task-ports.ts';

const taskVariable = 'daemonlessRecord';

/**
 * Saves what the post-job step needs, before anything is created: versioned JSON without secrets,
 * 0600 under Agent.TempDirectory; a task variable holds its path (design section 3).
 */
export async function saveRecord(
  ports: Pick<TaskPorts, 'host' | 'files'>,
  name: string,
  record: object,
): Promise<void> {
  const path = `${ports.host.tempDirectory}/daemonless/${name}.json`;
  await ports.files.writeText(path, `${JSON.stringify(record)}\n`);
  ports.host.saveTaskVariable(taskVariable, path);
}

/** The record of this step's main run as parsed JSON; undefined when main never came so far. */
export async function loadRecord(ports: Pick<TaskPorts, 'host' | 'files'>): Promise<unknown> {
  const path = ports.host.taskVariable(taskVariable);
  const text = path === undefined ? undefined : await ports.files.readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = `The record of the main step, ${path ?? ''}, is not JSON.`;
    throw new UserError([{ what, change: 'Nothing was removed; look for leftovers.' }], { cause });
  }
}

/** Forgets the record, as the last act of a cleanup that left nothing behind. */
export async function removeRecord(ports: Pick<TaskPorts, 'host' | 'files'>): Promise<void> {
  const path = ports.host.taskVariable(taskVariable);
  if (path !== undefined) await ports.files.remove(path);
}
