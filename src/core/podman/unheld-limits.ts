import type { ContainerPlan } from './container-plan.ts';
import { type Controller, type HostSettings, controllers } from './host-settings.ts';

const flagsOf: Readonly<Record<Controller, readonly string[]>> = {
  memory: ['--memory', '--memory-reservation', '--memory-swap'],
  cpu: ['--cpus', '--cpu-period', '--cpu-quota', '--cpu-shares'],
  cpuset: ['--cpuset-cpus'],
  pids: ['--pids-limit'],
};

/** The limits of a container that this host cannot hold, as flags with their values. */
export function unheldLimits(
  { limits }: Pick<ContainerPlan, 'limits'>,
  { withoutCgroups, missingControllers = [] }: HostSettings,
): readonly (readonly [flag: string, value: string])[] {
  const missing = withoutCgroups ? controllers : missingControllers;
  const flags = missing.flatMap((name) => flagsOf[name]);
  return limits.flatMap((flag, at) =>
    flags.includes(flag) ? [[flag, limits[at + 1] ?? ''] as const] : [],
  );
}

/** The plan without them: Podman would refuse some, and warn of others. */
export function withoutUnheld(plan: ContainerPlan, settings: HostSettings): ContainerPlan {
  const unheld = unheldLimits(plan, settings).map(([flag]) => flag);
  const isUnheld = (at: number): boolean => unheld.includes(plan.limits[at - (at % 2)] ?? '');
  return { ...plan, limits: plan.limits.filter((_, at) => !isUnheld(at)) };
}
