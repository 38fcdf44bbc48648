import type { BuilderProbe } from '../../src/ports/builder-probe.ts';
import type { FileFetcher } from '../../src/ports/file-fetcher.ts';
import type { Resolver } from '../../src/ports/resolver.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** What every task has, a look at daemons, DNS, and downloads. */
export interface SetupPorts extends TaskPorts {
  readonly probe: BuilderProbe;
  readonly resolver: Resolver;
  readonly fetcher: FileFetcher;
}
