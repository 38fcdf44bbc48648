import { parseContainers } from '../../src/core/podman/inspect.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { streamPodman } from './container-calls.ts';
import { podman } from './podman.ts';
import { describeState } from './service-failure.ts';
import type { ServicesRecord } from './state.ts';

const shownLines = 1000;

/** Shows the end of each service's log in a group of its own, when the record asks for it. */
export async function showLogs(record: ServicesRecord, ports: TaskPorts): Promise<void> {
  const hasFailed = ports.host.variable('Agent.JobStatus') !== 'Succeeded';
  if (record.logs === 'never' || (record.logs === 'onFailure' && !hasFailed)) return;
  for (const { service, name } of record.containers) {
    const found = await podman(['container', 'inspect', name], { during: 'the logs' }, ports);
    const [state] = parseContainers(found.stdout === '' ? '[]' : found.stdout);
    if (state === undefined) continue;
    const title = `Log of ${service} (${describeState(state)}; the last ${shownLines} lines)`;
    await ports.host.group(title, async () => {
      await streamPodman(
        ['logs', '--tail', String(shownLines), name],
        (line) => {
          ports.host.info(line);
        },
        { ports },
      );
    });
  }
}
