import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { openPorts } from './listening-ports.ts';
import { lookUntil } from './look-until.ts';
import type { Readiness } from './readiness.ts';
import type { Brake, StepContext } from './step-context.ts';

/**
 * Resolves when the container listens on its ports, with the looks it took. A look reads two files of the
 * kernel, so it may be frequent.
 * @throws ServiceFailedError when it ends, or takes longer than it may
 */
export function waitUntilListening(
  plan: ContainerPlan,
  { ports, need }: Extract<Readiness, { kind: 'listening' }>,
  { pid, startedAt }: Pick<ContainerState, 'pid' | 'startedAt'>,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const list = ports.join(need === 'all' ? ' and ' : ' or ');
  const look = async (): Promise<string | undefined> => {
    const open = await openPorts(pid, context);
    const isOpen = (port: number): boolean => open?.has(port) ?? false;
    const isReady = need === 'all' ? ports.every(isOpen) : ports.some(isOpen);
    return isReady ? undefined : `nothing listens on port ${list}`;
  };
  return lookUntil({ plan, startedAt, look, everyMs: 300 }, brake, context);
}
