import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { openPorts } from './listening-ports.ts';
import { mustRun, tooSlow } from './not-ready.ts';
import type { Readiness } from './readiness.ts';
import type { Brake, StepContext } from './step-context.ts';

const lookEveryMs = 300;
const looksBetweenStates = 5;

/**
 * Resolves when the container listens on its ports, with the looks it took. A look reads two files of the
 * kernel, so it may be frequent; whether the container still runs is asked more seldom.
 * @throws ServiceFailedError when it ends, or takes longer than waitTimeout
 */
export async function waitUntilListening(
  plan: ContainerPlan,
  check: Extract<Readiness, { kind: 'listening' }>,
  { pid, startedAt }: Pick<ContainerState, 'pid' | 'startedAt'>,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const { clock, host } = context.ports;
  const { name } = plan.service;
  const list = check.ports.join(check.need === 'all' ? ' and ' : ' or ');
  host.info(
    `${name}: neither the file nor the image has a healthcheck (images of the OCI format cannot carry one), so it counts as healthy when it listens on ${list}.`,
  );
  const ownLimit = startedAt + context.request.waitTimeoutSeconds * 1000;
  const deadline = Math.min(ownLimit, context.deadline);
  for (let looks = 1; ; looks += 1) {
    brake.check(`the wait for ${name}`);
    const open = await openPorts(pid, context);
    const isOpen = (port: number): boolean => open?.has(port) ?? false;
    if (check.need === 'all' ? check.ports.every(isOpen) : check.ports.some(isOpen)) return looks;
    if (looks % looksBetweenStates === 0) await mustRun(plan, undefined, context);
    if (clock.now() >= deadline) {
      throw await tooSlow(plan, looks, `nothing listens on port ${list}`, context);
    }
    await clock.sleep(lookEveryMs);
  }
}
