import type { ContextFolder } from '../../src/ports/context-folder.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, the folder that the files of a build come from, and HTTP for registries. */
export interface BuildTaskPorts extends TaskPorts {
  readonly contexts: ContextFolder;
  readonly http: HttpClient;
}
