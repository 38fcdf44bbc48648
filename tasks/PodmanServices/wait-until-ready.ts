import { type HealthConfig, healthConfig } from '../../src/core/health/config.ts';
import { type Health, afterProbe, nextProbe, startingHealth } from '../../src/core/health/state.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { inspectContainer } from './container-calls.ts';
import { probe } from './probe.ts';
import { serviceFailed } from './service-failure.ts';
import type { Brake, StepContext } from './step-context.ts';

const tellEveryMs = 10_000;

/** The check of a service: the file's, else the image's; undefined when there is none. */
export function checkOf(
  { service }: ContainerPlan,
  image: ImageFacts | undefined,
): HealthConfig | undefined {
  return healthConfig(service.healthcheck, image?.healthcheck);
}

/**
 * Resolves when the service is healthy by Docker's rules, with the probes it took; without a check at once.
 * @throws ServiceFailedError when it ends, turns unhealthy, or takes longer than waitTimeout
 */
export async function waitUntilReady(
  plan: ContainerPlan,
  image: ImageFacts | undefined,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const config = checkOf(plan, image);
  if (config === undefined) return 0;
  const state = await inspectContainer(plan.name, context);
  if (!state.running) throw await ended(plan, state, undefined, context);
  const declared = plan.service.ports.filter(({ protocol }) => protocol === 'tcp');
  const ports = declared.map(({ containerPort }) => containerPort);
  const probed = {
    name: plan.name,
    pid: state.pid,
    config,
    ports: ports.length > 0 ? ports : (image?.exposedPorts ?? []),
    portsAreDeclared: ports.length > 0,
  };
  const health = await watch(plan, probed, state.startedAt, brake, context);
  return health.probes;
}

async function watch(
  plan: ContainerPlan,
  probed: Parameters<typeof probe>[0],
  startedAt: number,
  brake: Brake,
  context: StepContext,
): Promise<Health> {
  const { clock, host } = context.ports;
  const deadline = startedAt + context.request.waitTimeoutSeconds * 1000;
  let health = startingHealth(probed.config, startedAt);
  let tellAt = startedAt + tellEveryMs;
  while (health.status === 'starting') {
    const next = nextProbe(health, clock.now(), startedAt);
    await clock.sleep(Math.min(next.at, deadline) - clock.now());
    brake.check(`the wait for ${plan.service.name}`);
    if (clock.now() >= deadline) throw await tooSlow(plan, health, context);
    const result = await probe(probed, next.kind, context);
    health = afterProbe(health, result, probed.config, startedAt);
    if (result.verdict === 'failed') await mustRun(plan, health, context);
    if (clock.now() >= tellAt) {
      tellAt = clock.now() + tellEveryMs;
      const said = host.redact(lastLine(health.lastOutput));
      host.info(`${plan.service.name}: not healthy yet after ${health.probes} checks; ${said}`);
    }
  }
  if (health.status === 'healthy') return health;
  throw await unhealthy(plan, health, context);
}

function lastLine(output: string): string {
  const last = output.trim().split('\n').at(-1) ?? '';
  return last === '' ? 'the last one said nothing.' : `the last one said: ${last}`;
}

/** A failed check may mean that there is nothing left to check. */
async function mustRun(plan: ContainerPlan, health: Health, context: StepContext): Promise<void> {
  const state = await inspectContainer(plan.name, context);
  if (!state.running) throw await ended(plan, state, health.lastOutput, context);
}

function ended(
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

async function unhealthy(
  plan: ContainerPlan,
  { failingStreak, lastOutput }: Health,
  context: StepContext,
): Promise<Error> {
  const state = await inspectContainer(plan.name, context);
  const what = `is unhealthy after ${failingStreak} failed health checks in a row`;
  const change = 'Read its log above; mend the service, or give it more retries or a start_period.';
  return serviceFailed(plan, { what, change, state, lastProbe: lastOutput }, context);
}

async function tooSlow(
  plan: ContainerPlan,
  { probes, lastOutput }: Health,
  context: StepContext,
): Promise<Error> {
  const state = await inspectContainer(plan.name, context);
  const { waitTimeoutSeconds } = context.request;
  const what = `was not healthy within ${waitTimeoutSeconds} s (${probes} health checks)`;
  const change = 'Read its log above, or set waitTimeout higher.';
  return serviceFailed(plan, { what, change, state, lastProbe: lastOutput }, context);
}
