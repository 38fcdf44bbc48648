import type { BuildTaskPorts } from './build-task-ports.ts';
import type { PartRun } from './part-run.ts';
import type { BuildPart } from './planned-parts.ts';
import { recover } from './recover-part.ts';
import type { RelayedPart } from './relay-part.ts';
import { type Attempt, tryPart } from './try-part.ts';

/** Runs a part until it succeeds or another try is of no use; the last attempt is what counts. */
export async function runPart(
  part: BuildPart,
  relayed: RelayedPart,
  run: PartRun,
  ports: BuildTaskPorts,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (;;) {
    const attempt = await attemptOf(part, relayed, run, ports);
    const next =
      attempts.length < run.retries
        ? await recover(attempt, { ...run, nodes: part.nodes, retry: attempts.length + 1 }, ports)
        : { goesOn: false, attempt };
    attempts.push(next.attempt);
    if (!next.goesOn) return attempts;
    relayed.startOver();
    await run.settings.renewLogins();
  }
}

async function attemptOf(
  part: BuildPart,
  relayed: RelayedPart,
  { settings, replicas, limits }: PartRun,
  ports: BuildTaskPorts,
): Promise<Attempt> {
  const { platform, nodes } = part;
  const names = replicas.namesOf(nodes);
  const tried = await tryPart(part, settings, relayed, limits, ports);
  return { ...tried, replicas: names, ...(platform === undefined ? {} : { platform }) };
}
