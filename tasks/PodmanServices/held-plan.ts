import { discardedPorts } from '../../src/core/podman/host-mode.ts';
import type { ServicesPlan } from '../../src/core/podman/plan-services.ts';
import { unheldLimits, withoutUnheld } from '../../src/core/podman/unheld-limits.ts';
import type { PodmanHost } from './know-host.ts';
import type { ServicesPorts } from './services-ports.ts';

type Ports = Pick<ServicesPorts, 'host'>;

/** Without the limits that this host cannot hold; what a service asks for in vain is warned of once. */
export function heldPlan(
  plan: ServicesPlan,
  { settings }: PodmanHost,
  { host }: Ports,
): ServicesPlan {
  warnOfDiscarded(plan, { host });
  for (const container of plan.containers) {
    const { service, title } = container;
    const unheld = unheldLimits(container, settings);
    if (unheld.length === 0 || title !== service.name) continue;
    const words = unheld.map(([flag, value]) => `${flag} ${value}`).join(', ');
    const where = `${service.label}:${service.place.line ?? 1}`;
    host.warning(
      `${where}: services.${service.name} has limits that this agent cannot hold: ${words}. It runs without them; the look at Podman above says why.`,
    );
  }
  const containers = plan.containers.map((container) => withoutUnheld(container, settings));
  return { ...plan, containers };
}

function warnOfDiscarded({ containers }: ServicesPlan, { host }: Ports): void {
  for (const { service, title } of containers) {
    const ports = title === service.name ? discardedPorts(service) : [];
    if (ports.length === 0) continue;
    const where = `${service.label}:${service.place.line ?? 1}`;
    host.warning(
      `${where}: services.${service.name} has network_mode: host, so that ${ports.join(', ')} is not published: it is reached under the port that it listens on.`,
    );
  }
}
