import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { type Health, afterProbe, nextProbe, startingHealth } from '../../src/core/health/state.ts';
import { inspectContainer } from './container-calls.ts';
import { type Probed, probe } from './probe.ts';
import type { Readiness } from './readiness.ts';
import { ended, lastLine, mustRun, tooSlow, unhealthy } from './not-ready.ts';
import type { Brake, StepContext } from './step-context.ts';
import { waitUntilListening } from './wait-until-listening.ts';

const tellEveryMs = 10_000;

/**
 * Resolves when the service is ready, with the looks it took: healthy by Docker's rules, or listening.
 * @throws ServiceFailedError when it ends, turns unhealthy, or takes longer than waitTimeout
 */
export async function waitUntilReady(
  plan: ContainerPlan,
  check: Readiness,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const state = await stateFor(check, plan, context);
  if (check.kind === 'listening') return waitUntilListening(plan, check, state, brake, context);
  const { config, ports, portsAreDeclared } = check;
  const probed = { name: plan.name, pid: state.pid, config, ports, portsAreDeclared };
  const health = await watch(plan, probed, state.startedAt, brake, context);
  return health.probes;
}

/**
 * Who asks for ports needs the container's first process. A check that says all by its exit code needs
 * nothing: a container that has ended fails it, and is looked at then.
 */
async function stateFor(
  check: Readiness,
  plan: ContainerPlan,
  context: StepContext,
): Promise<Pick<ContainerState, 'pid' | 'startedAt'>> {
  const isAll = check.kind === 'probe' && check.ports.length === 0;
  if (isAll) return { pid: 0, startedAt: context.ports.clock.now() };
  const state = await inspectContainer(plan.name, context);
  if (!state.running) throw await ended(plan, state, undefined, context);
  return state;
}

async function watch(
  plan: ContainerPlan,
  probed: Probed,
  startedAt: number,
  brake: Brake,
  context: StepContext,
): Promise<Health> {
  const { clock, host } = context.ports;
  const ownLimit = startedAt + context.request.waitTimeoutSeconds * 1000;
  const deadline = Math.min(ownLimit, context.deadline);
  let health = startingHealth(probed.config, startedAt);
  let tellAt = startedAt + tellEveryMs;
  while (health.status === 'starting') {
    const next = nextProbe(health, clock.now(), startedAt);
    await clock.sleep(Math.min(next.at, deadline) - clock.now());
    brake.check(`the wait for ${plan.service.name}`);
    const { probes, lastOutput } = health;
    if (clock.now() >= deadline) throw await tooSlow(plan, probes, lastOutput, context);
    const result = await probe(probed, next.kind, context);
    health = afterProbe(health, result, probed.config, startedAt);
    if (result.verdict === 'failed') await mustRun(plan, health.lastOutput, context);
    if (clock.now() >= tellAt) {
      tellAt = clock.now() + tellEveryMs;
      const said = host.redact(lastLine(health.lastOutput));
      host.info(`${plan.service.name}: not healthy yet after ${health.probes} checks; ${said}`);
    }
  }
  if (health.status === 'healthy') return health;
  throw await unhealthy(plan, health, context);
}
