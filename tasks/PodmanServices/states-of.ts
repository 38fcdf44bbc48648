import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { inspectContainers } from './container-calls.ts';
import { runningPid } from './running-pid.ts';
import type { StepContext } from './step-context.ts';

/** The ids of started containers by their names, as far as Podman has told them. */
export type ContainerIds = ReadonlyMap<string, string>;

/** The containers as they are now. Podman is asked when it knows anything that is not known here. */
export async function statesOf(
  plans: readonly ContainerPlan[],
  ids: ContainerIds,
  context: StepContext,
): Promise<readonly ContainerState[]> {
  const known = await Promise.all(plans.map((plan) => knownState(plan, ids, context)));
  const all = known.filter((state) => state !== undefined);
  if (all.length === plans.length) return all;
  const names = plans.map(({ name }) => name);
  return inspectContainers(names, context);
}

/** Of one that runs, was given no free ports, cannot have been started again, and has no limit to meet. */
async function knownState(
  { name, service, publish, limits }: ContainerPlan,
  ids: ContainerIds,
  { host, ports }: StepContext,
): Promise<ContainerState | undefined> {
  const isPlain = publish.length === 0 && limits.length === 0;
  if (host.runtime === undefined || !isPlain || 'restart' in service.options) return undefined;
  const id = ids.get(name);
  const pid = await runningPid(id, ports);
  if (id === undefined || pid === undefined) return undefined;
  return {
    ...{ name, id, pid, status: 'running', running: true, startedAt: ports.clock.now() },
    ...{ exitCode: 0, oomKilled: false, memoryLimit: 0, restarts: 0, finishedAt: 0 },
    ...{ ports: [], execIds: [], folder: '' },
  };
}
