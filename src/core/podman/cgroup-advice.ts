import type { Problem } from '../errors.ts';
import { adaptations } from './adaptations.ts';
import { type Adaptation, controllers } from './host-settings.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { PodmanFacts } from './podman-facts.ts';

/** What follows from one fact: something to tell Podman, something to know, or what no setting can mend. */
export interface Advice extends Partial<Adaptation> {
  readonly problem?: Problem;
}

/** crun: "cgroups in hybrid mode not supported, drop all controllers from cgroupv2". */
export function mixedCgroups({ runtime }: PodmanFacts, machine: MachineFacts): Advice {
  const { hybridControllers, programs } = machine;
  if (runtime !== 'crun' || hybridControllers.length === 0) return {};
  if (programs.includes('runc')) return adaptations.runc(hybridControllers.join(', '));
  const what = 'crun refuses cgroup v1 and v2 side by side, and runc is not installed.';
  return { problem: { what, change: 'apt-get install runc.' } };
}

/** Rootless containers run without limits then; as root only crun can do without cgroups. */
export function readOnlyCgroups({ rootless }: PodmanFacts, machine: MachineFacts): Advice {
  if (rootless || !machine.cgroupsAreReadOnly) return {};
  return machine.programs.includes('crun') ? adaptations.withoutCgroups() : {};
}

/**
 * What may be limited. By a plain user nothing on v1, on v2 what was delegated (systemd.resource-control(5): Delegate);
 * as root everything on v1, on v2 what the agent's own cgroup has.
 */
export function controllersOf({ rootless, cgroupVersion, cgroupControllers }: PodmanFacts): Advice {
  const missing = controllers.filter((name) => !cgroupControllers.includes(name));
  if (missing.length === 0) return {};
  if (!rootless) return cgroupVersion === 'v2' ? adaptations.withoutRootControllers(missing) : {};
  const reason =
    cgroupVersion === 'v1'
      ? 'a plain user has none on cgroups v1'
      : 'they are not delegated to this user (Delegate= of user@.service)';
  return adaptations.withoutControllers(missing, reason);
}
