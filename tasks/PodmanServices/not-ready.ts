import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import type { Health } from '../../src/core/health/state.ts';
import { inspectContainer } from './container-calls.ts';
import { serviceFailed, timeLimit } from './service-failure.ts';
import type { StepContext } from './step-context.ts';

/** What the last check said, for a line of the log. */
export function lastLine(output: string): string {
  const last = output.trim().split('\n').at(-1) ?? '';
  return last === '' ? 'the last one said nothing.' : `the last one said: ${last}`;
}

/** A failed check may mean that there is nothing left to check. @throws ServiceFailedError */
export async function mustRun(
  plan: ContainerPlan,
  lastProbe: string | undefined,
  context: StepContext,
): Promise<ContainerState> {
  const state = await inspectContainer(plan.name, context);
  if (!state.running) throw await ended(plan, state, lastProbe, context);
  return state;
}

export function ended(
  plan: ContainerPlan,
  state: ContainerState,
  lastProbe: string | undefined,
  context: StepContext,
): Promise<Error> {
  const what = 'ended before it was healthy';
  const change = 'Its last log lines stand above.';
  // The check that met a dead container, in Podman's words, says nothing about the service.
  const said = lastProbe !== undefined && /^Error: /m.test(lastProbe) ? undefined : lastProbe;
  const probeSaid = said === undefined ? {} : { lastProbe: said };
  return serviceFailed(plan, { what, change, state, ...probeSaid }, context);
}

export async function unhealthy(
  plan: ContainerPlan,
  { failingStreak, lastOutput }: Health,
  context: StepContext,
): Promise<Error> {
  const state = await inspectContainer(plan.name, context);
  const what = `is unhealthy after ${failingStreak} failed health checks in a row`;
  const change = 'Read its log above; mend the service, or give it more retries or a start_period.';
  return serviceFailed(plan, { what, change, state, lastProbe: lastOutput }, context);
}

export async function tooSlow(
  plan: ContainerPlan,
  looks: number,
  lastProbe: string,
  context: StepContext,
): Promise<Error> {
  const state = await inspectContainer(plan.name, context);
  const what = `was not healthy within ${timeLimit(plan, context)} (${looks} health checks)`;
  const change = 'Read its log above, or set waitTimeout (or overallTimeout) higher.';
  return serviceFailed(plan, { what, change, state, lastProbe }, context);
}
