import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { mustRun, tooSlow } from './not-ready.ts';
import { readyBy } from './service-failure.ts';
import type { Brake, StepContext } from './step-context.ts';

/** Whether the container still runs is asked more seldom than the look is taken. */
const looksBetweenStates = 5;

export interface Looking {
  readonly plan: ContainerPlan;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Undefined: it is ready; otherwise what is missing, in words. */
  readonly look: () => Promise<string | undefined>;
  readonly everyMs: number;
}

/**
 * Looks again and again until there is nothing missing, and returns how often it looked.
 * @throws ServiceFailedError when the service ends, or takes longer than it may
 */
export async function lookUntil(
  { plan, startedAt, look, everyMs }: Looking,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const { clock } = context.ports;
  const deadline = readyBy(plan, startedAt, context);
  for (let looks = 1; ; looks += 1) {
    brake.check(`the wait for ${plan.title}`);
    const missing = await look();
    if (missing === undefined) return looks;
    if (looks % looksBetweenStates === 0) await mustRun(plan, undefined, context);
    if (clock.now() >= deadline) throw await tooSlow(plan, looks, missing, context);
    await clock.sleep(everyMs);
  }
}
