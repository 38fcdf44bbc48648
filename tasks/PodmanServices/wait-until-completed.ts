import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { inspectContainer } from './container-calls.ts';
import { readyBy, serviceFailed, timeLimit } from './service-failure.ts';
import type { Brake, StepContext } from './step-context.ts';

const lookEveryMs = 500;

/**
 * Resolves when the container of a one-shot service has ended with exit code 0.
 * @throws ServiceFailedError for another exit code, or when waitTimeout is over
 */
export async function waitUntilCompleted(
  plan: ContainerPlan,
  brake: Brake,
  context: StepContext,
): Promise<void> {
  const { clock } = context.ports;
  const deadline = readyBy(plan, clock.now(), context);
  for (;;) {
    brake.check(`the wait for the end of ${plan.title}`);
    const state = await inspectContainer(plan.name, context);
    if (!state.running && state.exitCode === 0) return;
    if (!state.running) {
      const change = 'Its last log lines stand above.';
      const what = 'did not complete successfully';
      throw await serviceFailed(plan, { what, change, state }, context);
    }
    if (clock.now() >= deadline) {
      const change = 'Does it end by itself? If so, set waitTimeout (or overallTimeout) higher.';
      const what = `did not complete within ${timeLimit(plan, context)}`;
      throw await serviceFailed(plan, { what, change, state }, context);
    }
    await clock.sleep(lookEveryMs);
  }
}
