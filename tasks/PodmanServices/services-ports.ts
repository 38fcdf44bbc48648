import type { Chance } from '../../src/ports/chance.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** How Podman is called in this step. */
export interface PodmanProgram {
  /** Name on PATH, or an absolute path. */
  readonly file: string;
  /** Before every subcommand. */
  readonly globalArgs: readonly string[];
  /** Beside every command, e.g. CONTAINERS_CONF; nothing secret. */
  readonly env: Readonly<Record<string, string>>;
}

/** The ports of this task: those of every task, chance for names that are used once, and HTTP for registries. */
export interface ServicesPorts extends TaskPorts {
  readonly chance: Chance;
  readonly http: HttpClient;
}

/** The ports of everything that calls Podman. */
export interface PodmanPorts extends TaskPorts {
  readonly podman: PodmanProgram;
}

/** The ports of a step whose Podman is known. */
export type StepPorts = ServicesPorts & PodmanPorts;
