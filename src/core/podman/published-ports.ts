import type { PortMapping, PortRange } from '../compose/model-mounts.ts';
import type { ComposeService } from '../compose/model.ts';
import { isOnHost } from './host-mode.ts';
import { type PortMode, bracketed, publishValue, reachableHost } from './publish.ts';

export interface PublishSettings {
  readonly ports: PortMode;
  readonly bindAddress: string;
  /** No service has a network of its own, and nothing is published. */
  readonly isHostNetwork: boolean;
  /** A port of the agent that is free as far as we know. */
  readonly somePort: () => number;
  /** One of the range that is free, another one each time. */
  readonly portIn: (range: PortRange) => number;
}

/**
 * `-p` values, and the variables that go with them. Some servers, such as Kafka, tell their clients where they
 * are reached, so they must know it before they start: in a variable of Kafka `{host}` stands for that
 * address and `{port:9092}` for the port of the agent, which is chosen here instead of by Podman.
 */
export function publishedPorts(
  service: Pick<ComposeService, 'environment' | 'networkMode' | 'ports' | 'preset' | 'scale'>,
  replica: number,
  settings: PublishSettings,
): { readonly environment: Readonly<Record<string, string>>; readonly publish: readonly string[] } {
  const { environment } = service;
  const { ports: mode, bindAddress } = settings;
  const ports = service.ports.map((port) => narrowed(port, service.scale, replica, settings));
  const chosen = advertisedPorts({ ...service, ports }, replica, settings);
  const publish = (isOnHost(service) ? [] : ports).map((port) => {
    const from = chosen.get(port.containerPort);
    if (from === undefined) return publishValue(port, mode, bindAddress, replica);
    return publishValue({ ...port, published: { from, to: from } }, 'asDeclared', bindAddress);
  });
  if (chosen.size === 0) return { environment, publish };
  const host = bracketed(reachableHost(bindAddress));
  const filled = Object.entries(environment).map(([name, value]) => [
    name,
    value
      .replace(advertised, (_, port: string) => String(chosen.get(Number(port))))
      .replace('{host}', host),
  ]);
  return { environment: Object.fromEntries(filled) as Record<string, string>, publish };
}

/** The agent's ports that stand in variables, by the container's. */
function advertisedPorts(
  service: Pick<ComposeService, 'environment' | 'networkMode' | 'ports' | 'preset'>,
  replica: number,
  { ports: mode, isHostNetwork, somePort }: PublishSettings,
): ReadonlyMap<number, number> {
  const { environment, ports, preset } = service;
  const chosen = new Map<number, number>();
  const values = preset === 'kafka' ? Object.values(environment).join('\n') : '';
  for (const [, digits] of values.matchAll(advertised)) {
    const port = Number(digits);
    const said = ports.find(({ containerPort }) => containerPort === port)?.published?.from;
    const declared = mode === 'asDeclared' && said !== undefined ? said + replica : undefined;
    const isOwn = isHostNetwork || isOnHost(service);
    chosen.set(port, isOwn ? port : (declared ?? somePort()));
  }
  return chosen;
}

/** A range with more ports than containers is a choice: any free one (compose-spec, ports: short syntax). */
function narrowed(
  port: PortMapping,
  scale: number,
  replica: number,
  { ports, portIn }: PublishSettings,
): PortMapping {
  const { published } = port;
  if (ports === 'random' || published === undefined) return port;
  if (published.to - published.from + 1 <= scale) return port;
  const from = portIn(published) - replica;
  return { ...port, published: { from, to: from } };
}

const advertised = /\{port:(\d+)\}/g;
