import type { Chance } from '../../src/ports/chance.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** The ports of this task: those of every task, chance for names that are used once, and HTTP for registries. */
export interface ServicesPorts extends TaskPorts {
  readonly chance: Chance;
  readonly http: HttpClient;
}
