import { type LogWait, describeLog } from '../../src/core/health/wait.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { shorten } from '../../src/core/text/measures.ts';
import { shownCharacters, streamPodman } from './container-calls.ts';
import { lookUntil } from './look-until.ts';
import type { Brake, StepContext } from './step-context.ts';

/**
 * Follows the log from its beginning, and resolves when enough lines match.
 * @throws ServiceFailedError when the service ends, or takes longer than it may
 */
export async function waitUntilLogged(
  plan: ContainerPlan,
  wait: LogWait,
  { startedAt }: Pick<ContainerState, 'startedAt'>,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const stop = new AbortController();
  const pattern = new RegExp(wait.pattern);
  let found = 0;
  const keep = (line: string): void => {
    if (found < wait.times && pattern.test(shorten(line, shownCharacters))) found += 1;
  };
  const follow = ['logs', '--follow', plan.name];
  const reading = streamPodman(follow, keep, context, stop.signal);
  const look = (): Promise<string | undefined> =>
    Promise.resolve(found < wait.times ? `so far not: ${describeLog(wait)}` : undefined);
  try {
    return await lookUntil({ plan, startedAt, look, everyMs: 200 }, brake, context);
  } finally {
    stop.abort();
    await reading;
  }
}
