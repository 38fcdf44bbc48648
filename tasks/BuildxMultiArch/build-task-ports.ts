import type { ContextFolder } from '../../src/ports/context-folder.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, and the folder that the files of a build come from. */
export interface BuildTaskPorts extends TaskPorts {
  readonly contexts: ContextFolder;
}
