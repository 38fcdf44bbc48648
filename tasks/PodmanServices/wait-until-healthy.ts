import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { afterProbe, nextProbe, startingHealth } from '../../src/core/health/state.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { probe } from './probe.ts';
import type { Readiness } from './readiness.ts';
import { lastLine, mustRun, tooSlow, unhealthy } from './not-ready.ts';
import { readyBy } from './service-failure.ts';
import type { Brake, StepContext } from './step-context.ts';

/** What a look at a started container needs. */
export type Started = Pick<ContainerState, 'pid' | 'startedAt' | 'ports'> & {
  /** Undefined: Podman has not told it. */
  readonly id: string | undefined;
};

const tellEveryMs = 10_000;

/** Resolves when the check's container is healthy by Docker's rules, with the probes it took. */
export async function waitUntilHealthy(
  plan: ContainerPlan,
  check: Extract<Readiness, { kind: 'probe' }>,
  { id, pid, startedAt }: Started,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const { clock, host } = context.ports;
  const deadline = readyBy(plan, startedAt, context);
  const probed = { name: plan.name, id, pid, ...check };
  let health = startingHealth(probed.config, startedAt);
  let tellAt = startedAt + tellEveryMs;
  while (health.status === 'starting') {
    const next = nextProbe(health, clock.now(), startedAt);
    await clock.sleep(Math.min(next.at, deadline) - clock.now());
    brake.check(`the wait for ${plan.title}`);
    const { probes, lastOutput } = health;
    if (clock.now() >= deadline) throw await tooSlow(plan, probes, lastOutput, context);
    const result = await probe(probed, next.kind, context);
    health = afterProbe(health, result, probed.config, startedAt);
    if (result.verdict === 'failed') await mustRun(plan, health.lastOutput, context);
    if (clock.now() >= tellAt) {
      tellAt = clock.now() + tellEveryMs;
      const said = host.redact(lastLine(health.lastOutput));
      host.info(`${plan.title}: not healthy yet after ${health.probes} checks; ${said}`);
    }
  }
  if (health.status === 'healthy') return health.probes;
  throw await unhealthy(plan, health, context);
}
