import { type PublishedPort } from './inspect.ts';
import { bracketed, reachableHost } from './publish.ts';

/** How a service is reached from the host. */
export interface ServiceAddress {
  readonly service: string;
  readonly host: string;
  /** Container port, `5432` or `53.udp`, to host port; in the compose file's order. */
  readonly ports: readonly (readonly [string, number])[];
}

/** Undefined when nothing of the service is published. `declared` is the file's order, e.g. `5432/tcp`. */
export function serviceAddress(
  service: string,
  published: readonly PublishedPort[],
  declared: readonly string[],
): ServiceAddress | undefined {
  const rank = ({ container }: PublishedPort): number => declared.indexOf(container);
  const ordered = [...published].sort((a, b) => rank(a) - rank(b));
  const [first] = ordered;
  if (first === undefined) return undefined;
  const ports = new Map<string, number>();
  for (const { container, hostPort } of ordered) {
    const name = container.replace(/\/tcp$/, '').replace('/', '.');
    if (!ports.has(name)) ports.set(name, hostPort);
  }
  return { service, host: reachableHost(first.hostIp), ports: [...ports] };
}

/** `host:port` of the first port in the file. */
export function addressOf({ host, ports: [first] }: ServiceAddress): string {
  return `${bracketed(host)}:${first?.[1] ?? ''}`;
}

/** Output variables, ADR 0005: `db.host`, `db.port.5432`, `db.address`. */
export function outputVariables(address: ServiceAddress): readonly (readonly [string, string])[] {
  const { service, host, ports } = address;
  return [
    [`${service}.host`, host],
    ...ports.map(([port, hostPort]) => [`${service}.port.${port}`, String(hostPort)] as const),
    [`${service}.address`, addressOf(address)],
  ];
}

/** The same for a shell: `DB_HOST=127.0.0.1`, every character that a shell's names lack becomes `_`. */
export function environmentLines(addresses: readonly ServiceAddress[]): readonly string[] {
  return addresses.flatMap(outputVariables).map(([name, value]) => `${shellName(name)}=${value}`);
}

function shellName(name: string): string {
  const word = name.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
  return /^\d/.test(word) ? `_${word}` : word;
}
