import { recoveryOf, waitBefore } from '../../src/core/buildx/recovery.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { OutcomeFailure } from './relay-part.ts';
import type { PartRun } from './part-run.ts';
import type { Replicas } from './replicas.ts';
import type { Attempt } from './try-part.ts';

interface Recovery {
  readonly replicas: Replicas;
  /** Names of the nodes that the part is built on. */
  readonly nodes: readonly string[];
  /** Which retry this would be, from 1, of so many. */
  readonly retry: number;
  readonly retries: number;
  readonly limits: { readonly stop: AbortSignal };
  readonly refill: PartRun['refill'];
}

interface Next {
  readonly goesOn: boolean;
  /** With what was found on the way. */
  readonly attempt: Attempt;
}

type Ports = Pick<TaskPorts, 'host' | 'clock'>;

/**
 * What may help is done: another replica for a daemon that went away, time for a registry that is busy.
 * It is said as a warning, as a build that needs it is slower than it could be.
 */
export async function recover(attempt: Attempt, run: Recovery, ports: Ports): Promise<Next> {
  const { failure } = attempt;
  if (failure === undefined || run.limits.stop.aborted) return { goesOn: false, attempt };
  switch (recoveryOf(failure)) {
    case 'none':
      return { goesOn: false, attempt };
    case 'again':
      await waitAgain(failure.what, run, ports);
      return { goesOn: true, attempt };
    case 'other-replica':
      return replaceReplica(attempt, failure, run, ports);
  }
}

async function replaceReplica(
  attempt: Attempt,
  failure: OutcomeFailure,
  run: Recovery,
  ports: Ports,
): Promise<Next> {
  const lost = attempt.replicas.join(', ');
  const found = await run.replicas.succeed(run.nodes, attempt.replicas);
  if (found.kind === 'none') {
    const change = `No other replica can take over: ${found.seen.join(' ') || 'none is known.'}`;
    return { goesOn: false, attempt: { ...attempt, failure: { ...failure, change } } };
  }
  if (found.kind === 'same') {
    await waitAgain(`${failure.what} Replica ${lost} answers again.`, run, ports);
  } else {
    const of = attempt.platform === undefined ? '' : ` for ${attempt.platform}`;
    const again = `the build${of} starts again on ${found.to} (retry ${run.retry} of ${run.retries}).`;
    ports.host.warning(`Replica ${lost} went away: ${again}`);
  }
  await run.refill(run.nodes);
  return { goesOn: true, attempt };
}

async function waitAgain(
  what: string,
  { retry, retries, limits }: Recovery,
  { host, clock }: Ports,
): Promise<void> {
  const waitMs = waitBefore(retry);
  const when = `in ${formatSeconds(waitMs)} (retry ${retry} of ${retries})`;
  host.warning(`${what} It is tried again ${when}.`);
  const stopped = new Promise<void>((resolve) => {
    limits.stop.addEventListener('abort', () => {
      resolve();
    });
  });
  await Promise.race([clock.sleep(waitMs), stopped]);
}
