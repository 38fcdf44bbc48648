import { dependentsOf } from '../../src/core/compose/dependency-graph.ts';
import { UserError } from '../../src/core/errors.ts';
import { type HealthConfig, healthConfig } from '../../src/core/health/config.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import type { StepContext } from './step-context.ts';

/** What tells that a service is ready: its health check, or that it listens. */
export type Readiness =
  | {
      readonly kind: 'probe';
      readonly config: HealthConfig;
      readonly ports: readonly number[];
      /** The compose file names the ports; otherwise the image does, which may promise more than it keeps. */
      readonly portsAreDeclared: boolean;
    }
  | { readonly kind: 'listening'; readonly ports: readonly number[]; readonly need: 'all' | 'any' };

/**
 * The file's check, else the image's; without one, running is ready, unless somebody waits for its health:
 * then it is ready when it listens on its ports, because images of the OCI format cannot carry a HEALTHCHECK
 * (services-anchors, fact 4).
 * @throws UserError when somebody waits for its health, and there is nothing to look at
 */
export function readiness(
  plan: ContainerPlan,
  image: ImageFacts,
  context: StepContext,
): Readiness | undefined {
  const { service } = plan;
  const tcp = service.ports.filter(({ protocol }) => protocol === 'tcp');
  const declared = tcp.map(({ containerPort }) => containerPort);
  const portsAreDeclared = declared.length > 0;
  const ports = portsAreDeclared ? declared : image.exposedPorts;
  const config = healthConfig(service.healthcheck, image.healthcheck);
  if (config !== undefined) return { kind: 'probe', config, ports, portsAreDeclared };
  const waiting = waitingForHealth(service.name, context);
  if (waiting.length === 0) return undefined;
  if (ports.length === 0 || service.healthcheck?.test?.kind === 'none') {
    throw unchecked(plan, waiting);
  }
  return { kind: 'listening', ports, need: portsAreDeclared ? 'all' : 'any' };
}

function waitingForHealth(name: string, { plan }: StepContext): readonly string[] {
  const services = plan.containers.map(({ service }) => ({
    name: service.name,
    dependsOn: service.dependsOn.filter(({ condition }) => condition === 'service_healthy'),
  }));
  return dependentsOf(name, services);
}

function unchecked({ service }: ContainerPlan, waiting: readonly string[]): UserError {
  const { place, name } = service;
  return new UserError([
    {
      where: `${service.label}:${place.line ?? 1}`,
      what: `${waiting.join(' and ')} ${waiting.length === 1 ? 'waits' : 'wait'} until ${name} is healthy, but neither the file nor its image has a healthcheck, and it has no ports to look at.`,
      change: `Give ${name} a healthcheck, or wait for service_started.`,
      place,
    },
  ]);
}
