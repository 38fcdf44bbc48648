import type { ComposeService } from '../compose/model.ts';

type Networked = Pick<ComposeService, 'networkMode' | 'ports'>;

/** Whether it has the agent's own network, where nothing is published: it is reached under the ports it listens on. */
export function isOnHost({ networkMode }: Pick<ComposeService, 'networkMode'>): boolean {
  return networkMode === 'host';
}

/** Ports of the host that a file names and that nothing will listen on, e.g. `5433:5432`. */
export function discardedPorts(service: Networked): readonly string[] {
  if (!isOnHost(service)) return [];
  return service.ports.flatMap(({ published, containerPort }) =>
    published === undefined || published.from === containerPort
      ? []
      : [`${published.from}:${containerPort}`],
  );
}
