import type { Chance } from '../../src/ports/chance.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** The ports of this task: those of every task, and chance for names that are used once. */
export interface ServicesPorts extends TaskPorts {
  readonly chance: Chance;
}
