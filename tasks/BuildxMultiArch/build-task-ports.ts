import type { BuilderProbe } from '../../src/ports/builder-probe.ts';
import type { ContextFolder } from '../../src/ports/context-folder.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import type { RunHistory } from '../../src/ports/run-history.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, a look at daemons, the folder that the files of a build come from, and HTTP for registries. */
export interface BuildTaskPorts extends TaskPorts {
  readonly probe: BuilderProbe;
  readonly contexts: ContextFolder;
  readonly http: HttpClient;
  /** Earlier runs, for their reports. */
  readonly history: RunHistory;
}
