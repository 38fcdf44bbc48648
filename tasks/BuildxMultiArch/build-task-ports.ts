import type { HttpClient } from '../../src/ports/http-client.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, and HTTP for registries. */
export interface BuildTaskPorts extends TaskPorts {
  readonly http: HttpClient;
}
