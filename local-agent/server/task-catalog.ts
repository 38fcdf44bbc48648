import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTaskPackage, type TaskPackage } from './task-package.ts';

/** `Name@Major`, or `publisher.extension.Name@Major`. */
const REFERENCE = /^(?:[^@\s]+\.)?([A-Za-z0-9-]+)@(\d+)$/;

/** The tasks that can be found in some folders, each read once. */
export class TaskCatalog {
  private readonly folders: readonly string[];

  /** A task is `folder/<Name>/task.json` or `folder/<Name>/v<Major>/task.json`; earlier folders win. */
  constructor(folders: readonly string[]) {
    this.folders = folders;
  }

  /** Finds the task a `task:` line names. The error is a sentence that says what was expected. */
  async find(reference: string): Promise<TaskPackage | { readonly error: string }> {
    const match = REFERENCE.exec(reference);
    if (!match) return { error: `expected a task as Name@Major (Docker@2), found "${reference}"` };
    const [, name = '', major = ''] = match;
    const found: string[] = [];
    for (const folder of await this.candidates(name, major)) {
      const task = await readOrExplain(folder);
      if ('error' in task) return task;
      if (String(task.major) === major) return usable(task);
      found.push(`${task.name}@${task.major} in ${folder}`);
    }
    const also = found.length > 0 ? `; found ${found.join(', ')}` : '';
    return { error: `no task ${name}@${major} under ${this.folders.join(', ')}${also}` };
  }

  private async candidates(name: string, major: string): Promise<string[]> {
    const candidates: string[] = [];
    for (const folder of this.folders) {
      const child = (await children(folder)).find(
        (entry) => entry.toLowerCase() === name.toLowerCase(),
      );
      if (child) candidates.push(join(folder, child, `v${major}`), join(folder, child));
    }
    return candidates.filter((folder) => existsSync(join(folder, 'task.json')));
  }
}

async function readOrExplain(folder: string): Promise<TaskPackage | { readonly error: string }> {
  try {
    return await readTaskPackage(folder);
  } catch (error) {
    return {
      error: `cannot read ${join(folder, 'task.json')}: ${error instanceof Error ? error.message : ''}`,
    };
  }
}

async function children(folder: string): Promise<string[]> {
  return existsSync(folder) ? await readdir(folder) : [];
}

function usable(task: TaskPackage): TaskPackage | { readonly error: string } {
  if (task.missingTargets.length === 0) return task;
  const missing = task.missingTargets.join(', ');
  return {
    error: `${task.name}@${task.major} is not built: ${task.folder} has no file for ${missing} (npm run build)`,
  };
}
