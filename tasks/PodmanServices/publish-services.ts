import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState, PublishedPort } from '../../src/core/podman/inspect.ts';
import {
  type PublishedService,
  type ServiceAddress,
  addressOf,
  agentVariables,
  environmentLines,
  outputVariables,
  serviceAddress,
  servicesMap,
  servicesTable,
} from '../../src/core/podman/outputs.ts';
import { isOnHost } from '../../src/core/podman/host-mode.ts';
import { connectionTo } from '../../src/core/services/connection-to.ts';
import { detour } from '../../src/core/services/kafka.ts';
import type { Images } from './have-images.ts';
import { readiness } from './readiness.ts';
import { serviceFailed } from './service-failure.ts';
import { type ContainerIds, statesOf } from './states-of.ts';
import type { StepContext } from './step-context.ts';

/**
 * Tells later steps where the services are (ADR 0009), and the reader in a table.
 * @throws ServiceFailedError for a service that has ended with a failure in the meantime
 */
export async function publishServices(
  plans: readonly ContainerPlan[],
  begun: { readonly images: Images; readonly ids: ContainerIds },
  context: StepContext,
): Promise<readonly PublishedService[]> {
  const published = await lookAtAll(plans, begun, context);
  const { ports, plan, envFile } = context;
  const isMasked = (value: string): boolean => ports.host.redact(value) !== value;
  const outputs = published.flatMap((service) => outputVariables(service, isMasked));
  for (const { name, value, secret } of outputs) ports.host.setOutput(name, value, { secret });
  for (const { name, value } of published.flatMap(agentVariables)) {
    ports.host.setVariable(name, value);
  }
  ports.host.setOutput('services', servicesMap(published));
  await ports.files.writeText(envFile, `${environmentLines(outputs).join('\n')}\n`);
  ports.host.setOutput('envFile', envFile);
  ports.host.setOutput('network', context.host.settings.network ?? plan.network);
  servicesTable(published).forEach((line) => {
    ports.host.info(line);
  });
  return published;
}

async function lookAtAll(
  plans: readonly ContainerPlan[],
  { images, ids }: { readonly images: Images; readonly ids: ContainerIds },
  context: StepContext,
): Promise<readonly PublishedService[]> {
  if (plans.length === 0) return [];
  const states = await statesOf(plans, ids, context);
  context.timeline.states = states;
  const published: PublishedService[] = [];
  for (const each of plans) {
    const container = states.find(({ name }) => name === each.name);
    if (container !== undefined) published.push(await look(each, container, images, context));
  }
  return published;
}

/** A service that has ended well did its work; one that has failed is no service. */
async function look(
  plan: ContainerPlan,
  container: ContainerState,
  images: Images,
  context: StepContext,
): Promise<PublishedService> {
  if (!container.running && container.exitCode !== 0) {
    const trouble = { what: 'has failed', change: 'Read its log.', state: container };
    throw await serviceFailed(plan, trouble, context);
  }
  const image = await images.get(plan.image);
  const isChecked = image !== undefined && readiness(plan, image, context).checks.length > 0;
  const state = isChecked ? 'healthy' : 'running';
  const address = addressIn(plan, container, context);
  const connection = address && connectionTo(plan.service, address);
  if (address !== undefined && connection === undefined) noteDetour(plan, address, context);
  return {
    ...{ service: plan.title, container: plan.name, id: container.id, image: plan.image },
    state: container.running ? state : 'completed',
    ...(address === undefined ? {} : { address }),
    ...(connection === undefined ? {} : { connection }),
  };
}

function noteDetour(
  { service, title }: ContainerPlan,
  address: ServiceAddress,
  { ports }: StepContext,
): void {
  if (service.preset !== 'kafka') return;
  const note = detour(service.environment, addressOf(address));
  if (note !== undefined) ports.host.info(`${title} ${note}`);
}

/** Undefined: it publishes nothing. */
export function addressIn(
  plan: ContainerPlan,
  container: ContainerState,
  context: StepContext,
): ServiceAddress | undefined {
  const declared = plan.service.ports.map((port) => `${port.containerPort}/${port.protocol}`);
  return serviceAddress(plan.title, publishedPorts(plan, container, context), declared);
}

/** On the agent's own network a service is reached under the ports that it listens on. */
function publishedPorts(
  { service }: ContainerPlan,
  { ports }: ContainerState,
  { host }: StepContext,
): readonly PublishedPort[] {
  if (host.settings.network !== 'host' && !isOnHost(service)) return ports;
  return service.ports.map(({ containerPort, protocol }) => ({
    container: `${containerPort}/${protocol}`,
    hostIp: '127.0.0.1',
    hostPort: containerPort,
  }));
}
