import type { ComposeService } from '../compose/model.ts';
import { type PortMode, bracketed, publishValue, reachableHost } from './publish.ts';

export interface PublishSettings {
  readonly ports: PortMode;
  readonly bindAddress: string;
  /** A port of the agent that is free as far as we know. */
  readonly somePort: () => number;
}

/**
 * `-p` values, and the variables that go with them. Some servers, such as Kafka, tell their clients where they
 * are reached, so they must know it before they start: in a variable of Kafka `{host}` stands for that
 * address and `{port:9092}` for the port of the agent, which is chosen here instead of by Podman.
 */
export function publishedPorts(
  { environment, ports, preset }: Pick<ComposeService, 'environment' | 'ports' | 'preset'>,
  replica: number,
  { ports: mode, bindAddress, somePort }: PublishSettings,
): { readonly environment: Readonly<Record<string, string>>; readonly publish: readonly string[] } {
  const chosen = new Map<number, number>();
  const values = preset === 'kafka' ? Object.values(environment).join('\n') : '';
  for (const [, digits] of values.matchAll(advertised)) {
    const port = Number(digits);
    const said = ports.find(({ containerPort }) => containerPort === port)?.published?.from;
    const declared = mode === 'asDeclared' && said !== undefined ? said + replica : undefined;
    chosen.set(port, declared ?? somePort());
  }
  const publish = ports.map((port) => {
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

const advertised = /\{port:(\d+)\}/g;
