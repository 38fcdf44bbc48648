import type { Clock } from './clock.ts';
import type { CommandRunner } from './command-runner.ts';
import type { Files } from './files.ts';
import type { TaskHost } from './task-host.ts';

/** Everything a workflow reaches the world with; made once, by the composition root. */
export interface TaskPorts {
  readonly host: TaskHost;
  readonly commands: CommandRunner;
  readonly files: Files;
  readonly clock: Clock;
  /** Aborted when the agent cancels the step. */
  readonly cancellation: AbortSignal;
}
