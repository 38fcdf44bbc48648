import { cp, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskReference } from '../protocol/job-message.ts';
import { parseTaskDefinition } from './task-definition.ts';
import type { UnpackedTask } from './task-host.ts';

/** Puts a task's package where the agent keeps it, `_tasks/<Name>_<guid>/<version>`, and reads its task.json. */
export async function unpackTask(task: TaskReference, tasksFolder: string): Promise<UnpackedTask> {
  const folder = join(tasksFolder, `${task.name}_${task.id}`, task.version);
  if (!existsSync(folder)) await cp(task.folder, folder, { recursive: true });
  const json: unknown = JSON.parse(await readFile(join(folder, 'task.json'), 'utf8'));
  return { definition: parseTaskDefinition(json), folder };
}
