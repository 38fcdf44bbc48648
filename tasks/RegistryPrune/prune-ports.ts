import type { HttpClient } from '../../src/ports/http-client.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** The ports of this task. */
export type PrunePorts = TaskPorts & { readonly http: HttpClient };
