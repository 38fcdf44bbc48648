import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { inspectContainer } from './container-calls.ts';
import { ended } from './not-ready.ts';
import type { Readiness } from './readiness.ts';
import type { Brake, StepContext } from './step-context.ts';
import { waitUntilAnswered } from './wait-until-answered.ts';
import { type Started, waitUntilHealthy } from './wait-until-healthy.ts';
import { waitUntilListening } from './wait-until-listening.ts';
import { waitUntilLogged } from './wait-until-logged.ts';

/**
 * Resolves when all of it holds, with the looks it took.
 * @param id of the container, if it is known
 * @throws ServiceFailedError when the service ends, turns unhealthy, or takes longer than it may
 */
export async function waitUntilReady(
  plan: ContainerPlan,
  id: string | undefined,
  checks: readonly Readiness[],
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const state = await stateFor(checks, plan, id, context);
  const looks = checks.map((check) => waitFor(check, plan, state, brake, context));
  return (await Promise.all(looks)).reduce((sum, count) => sum + count, 0);
}

/**
 * Who asks for ports needs the container's first process. A check that says all by its exit code needs
 * nothing: a container that has ended fails it, and is looked at then.
 */
async function stateFor(
  checks: readonly Readiness[],
  plan: ContainerPlan,
  id: string | undefined,
  context: StepContext,
): Promise<Started> {
  const isAll = checks.every((check) => check.kind === 'probe' && check.ports.length === 0);
  if (isAll) return { id, pid: 0, startedAt: context.ports.clock.now(), ports: [] };
  const state = await inspectContainer(plan.name, context);
  if (!state.running) throw await ended(plan, state, undefined, context);
  return state;
}

function waitFor(
  check: Readiness,
  plan: ContainerPlan,
  state: Started,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  switch (check.kind) {
    case 'probe':
      return waitUntilHealthy(plan, check, state, brake, context);
    case 'listening':
      return waitUntilListening(plan, check, state, brake, context);
    case 'http':
      return waitUntilAnswered(plan, check.http, state, brake, context);
    case 'log':
      return waitUntilLogged(plan, check.log, state, brake, context);
  }
}
