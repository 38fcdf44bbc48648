import type { PodmanPorts } from './services-ports.ts';
import { describeState } from '../../src/core/podman/describe-state.ts';
import { parseContainers } from '../../src/core/podman/inspect.ts';
import { shorten } from '../../src/core/text/measures.ts';
import { shownCharacters, streamPodman } from './container-calls.ts';
import { podman } from './podman.ts';

const shownLines = 1000;

/** A service's container, by the name that people know and the one that Podman knows. */
export interface LoggedContainer {
  readonly service: string;
  readonly name: string;
}

/** Shows the end of each service's log in a group of its own; skips what was never created. */
export async function showLogs(
  containers: readonly LoggedContainer[],
  ports: PodmanPorts,
): Promise<void> {
  for (const { service, name } of containers) {
    const found = await podman(['container', 'inspect', name], { during: 'the logs' }, ports);
    const [state] = parseContainers(found.stdout === '' ? '[]' : found.stdout);
    if (state === undefined) continue;
    const title = `Log of ${service} (${describeState(state)}; the last ${shownLines} lines)`;
    await ports.host.group(title, () => showLog(name, ports));
  }
}

/** Standard output and error one after the other: only so can they be told apart. */
async function showLog(name: string, ports: PodmanPorts): Promise<void> {
  const kept = { stdout: [] as string[], stderr: [] as string[] };
  const args = ['logs', '--tail', String(shownLines), name];
  await streamPodman(
    args,
    (line, stream) => {
      kept[stream].push(shorten(line, shownCharacters));
    },
    { ports },
  );
  const both = kept.stdout.length > 0 && kept.stderr.length > 0;
  for (const [stream, title] of [
    ['stdout', 'Standard output:'],
    ['stderr', 'Standard error:'],
  ] as const) {
    if (both) ports.host.info(title);
    kept[stream].forEach((line) => {
      ports.host.info(line);
    });
  }
}
