import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { PublishedPort } from '../../src/core/podman/inspect.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import {
  type ServiceAddress,
  addressOf,
  environmentLines,
  outputVariables,
  serviceAddress,
} from '../../src/core/podman/outputs.ts';
import { inspectContainers } from './container-calls.ts';
import type { Images } from './have-images.ts';
import { readiness } from './readiness.ts';
import { serviceFailed } from './service-failure.ts';
import type { StepContext } from './step-context.ts';

interface Published {
  readonly plan: ContainerPlan;
  readonly container: ContainerState;
  readonly address: ServiceAddress | undefined;
  readonly state: string;
}

/**
 * Tells later steps where the services are (ADR 0009), and the reader in a table; returns who runs.
 * @throws ServiceFailedError for a service that has ended with a failure in the meantime
 */
export async function publishServices(
  plans: readonly ContainerPlan[],
  images: Images,
  context: StepContext,
): Promise<readonly string[]> {
  const published = await lookAtAll(plans, images, context);
  const { ports, plan, envFile } = context;
  const addresses = published.flatMap(({ address }) => address ?? []);
  for (const [name, value] of addresses.flatMap(outputVariables)) ports.host.setOutput(name, value);
  ports.host.setOutput('services', JSON.stringify(asJson(published)));
  await ports.files.writeText(envFile, `${environmentLines(addresses).join('\n')}\n`);
  ports.host.setOutput('envFile', envFile);
  ports.host.setOutput('network', context.host.settings.network ?? plan.network);
  table(published).forEach((line) => {
    ports.host.info(line);
  });
  return published
    .filter(({ container }) => container.running)
    .map(({ plan: of }) => of.service.name);
}

async function lookAtAll(
  plans: readonly ContainerPlan[],
  images: Images,
  context: StepContext,
): Promise<readonly Published[]> {
  if (plans.length === 0) return [];
  const names = plans.map(({ name }) => name);
  const states = await inspectContainers(names, context);
  const published: Published[] = [];
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
): Promise<Published> {
  if (!container.running && container.exitCode !== 0) {
    const trouble = { what: 'has failed', change: 'Read its log.', state: container };
    throw await serviceFailed(plan, trouble, context);
  }
  const declared = plan.service.ports.map((port) => `${port.containerPort}/${port.protocol}`);
  const published = publishedPorts(plan, container, context);
  const address = serviceAddress(plan.service.name, published, declared);
  const image = await images.get(plan.image);
  const isChecked = image !== undefined && readiness(plan, image, context) !== undefined;
  const state = isChecked ? 'healthy' : 'running';
  return { plan, container, address, state: container.running ? state : 'completed' };
}

/** On the agent's own network a service is reached under the ports that it listens on. */
function publishedPorts(
  { service }: ContainerPlan,
  { ports }: ContainerState,
  { host }: StepContext,
): readonly PublishedPort[] {
  if (host.settings.network !== 'host') return ports;
  return service.ports.map(({ containerPort, protocol }) => ({
    container: `${containerPort}/${protocol}`,
    hostIp: '127.0.0.1',
    hostPort: containerPort,
  }));
}

function asJson(published: readonly Published[]): Readonly<Record<string, object>> {
  const entries = published.map(({ plan, address, state }) => {
    const reachable =
      address === undefined
        ? {}
        : {
            host: address.host,
            address: addressOf(address),
            ports: Object.fromEntries(address.ports),
          };
    return [plan.service.name, { container: plan.name, state, ...reachable }] as const;
  });
  return Object.fromEntries(entries);
}

function table(published: readonly Published[]): readonly string[] {
  const rows = published.map(({ plan, address, state }) => [
    plan.service.name,
    state,
    address?.ports.map(([port, on]) => `${address.host}:${on} → ${port}`).join(', ') ?? '',
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([name = '', state = '', where = '']) =>
    `${name.padEnd(widths[0] ?? 0)}  ${state.padEnd(widths[1] ?? 0)}  ${where}`.trimEnd(),
  );
}
