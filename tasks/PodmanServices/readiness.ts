import { dependentsOf } from '../../src/core/compose/dependency-graph.ts';
import { UserError } from '../../src/core/errors.ts';
import { type HealthConfig, healthConfig } from '../../src/core/health/config.ts';
import {
  type HttpWait,
  type LogWait,
  type Wait,
  describeWait,
} from '../../src/core/health/wait.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import { presets } from '../../src/core/services/presets.ts';
import type { StepContext } from './step-context.ts';

/** One thing that tells that a service is ready. */
export type Readiness =
  | {
      readonly kind: 'probe';
      readonly config: HealthConfig;
      readonly ports: readonly number[];
      /** The compose file names the ports; otherwise the image does, which may promise more than it keeps. */
      readonly portsAreDeclared: boolean;
    }
  | { readonly kind: 'listening'; readonly ports: readonly number[]; readonly need: 'all' | 'any' }
  | { readonly kind: 'http'; readonly http: HttpWait }
  | { readonly kind: 'log'; readonly log: LogWait };

export interface ReadyWhen {
  /** All must hold; none: it is ready when it runs. */
  readonly checks: readonly Readiness[];
  /** What the user did not say, but is looked at. */
  readonly note?: string;
}

interface Ports {
  readonly ports: readonly number[];
  readonly portsAreDeclared: boolean;
}

/**
 * What the file asks for by its healthcheck and x-wait, else the image's check, else what is known of such
 * images. Without any, running is ready, unless somebody waits for its health: then it is ready when it
 * listens on its ports, because images of the OCI format cannot carry a HEALTHCHECK (services-anchors, fact 4).
 * @throws UserError when somebody waits for its health, and there is nothing to look at
 */
export function readiness(plan: ContainerPlan, image: ImageFacts, context: StepContext): ReadyWhen {
  const { service } = plan;
  const tcp = service.ports.filter(({ protocol }) => protocol === 'tcp');
  const declared = tcp.map(({ containerPort }) => containerPort);
  const portsAreDeclared = declared.length > 0;
  const ports = { ports: portsAreDeclared ? declared : image.exposedPorts, portsAreDeclared };
  const config = healthConfig(service.healthcheck, image.healthcheck);
  const checks: readonly Readiness[] = [
    ...(config === undefined ? [] : [{ kind: 'probe', config, ...ports } as const]),
    ...waits(service.wait ?? {}, declared, ports),
  ];
  if (checks.length > 0) return { checks };
  const isOff = service.healthcheck?.test?.kind === 'none';
  if (service.preset !== undefined && !isOff)
    return ofPreset(plan, service.preset, declared, ports);
  const waiting = waitingForHealth(service.name, context);
  if (waiting.length === 0) return { checks: [] };
  if (ports.ports.length === 0 || isOff) throw unchecked(plan, waiting);
  return whenListening(plan.title, ports);
}

function whenListening(name: string, { ports, portsAreDeclared }: Ports): ReadyWhen {
  const list = ports.join(portsAreDeclared ? ' and ' : ' or ');
  const note = `${name}: neither the file nor the image has a healthcheck (images of the OCI format cannot carry one), so it counts as healthy when it listens on ${list}.`;
  return { checks: [{ kind: 'listening', ports, need: portsAreDeclared ? 'all' : 'any' }], note };
}

function ofPreset(
  { service, title }: ContainerPlan,
  preset: keyof typeof presets,
  declared: readonly number[],
  ports: Ports,
): ReadyWhen {
  const wait = presets[preset].wait(service.environment);
  const note = `${title}: no healthcheck in the file or the image; as ${preset} it counts as healthy when ${describeWait(wait)}.`;
  return { checks: waits(wait, declared, ports), note };
}

/** A port that is not published cannot be asked from here: then listening is enough. */
function waits(wait: Wait, declared: readonly number[], ports: Ports): readonly Readiness[] {
  const { tcp, http, log, shell } = wait;
  const listening = (of: readonly number[]): Readiness => {
    return { kind: 'listening', ports: of, need: 'all' };
  };
  return [
    ...(tcp === undefined ? [] : [listening(tcp)]),
    ...(http === undefined
      ? []
      : [
          declared.includes(http.port) ? ({ kind: 'http', http } as const) : listening([http.port]),
        ]),
    ...(log === undefined ? [] : [{ kind: 'log', log } as const]),
    ...(shell === undefined
      ? []
      : [{ kind: 'probe', config: untilItPasses(shell), ...ports } as const]),
  ];
}

/** Only the time limit ends it. */
function untilItPasses(script: string): HealthConfig {
  return {
    test: { kind: 'shell', script },
    ...{ intervalMs: 1_000, timeoutMs: 10_000, retries: Number.MAX_SAFE_INTEGER },
    ...{ startPeriodMs: 0, startIntervalMs: 1_000 },
  };
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
      change: `Give ${name} a healthcheck or x-wait, or wait for service_started.`,
      place,
    },
  ]);
}
