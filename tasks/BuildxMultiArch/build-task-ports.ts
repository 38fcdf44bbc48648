import type { BuilderProbe } from '../../src/ports/builder-probe.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, and a look at daemons. */
export interface BuildTaskPorts extends TaskPorts {
  readonly probe: BuilderProbe;
}
