import type { Connection } from '../services/preset.ts';
import { type PublishedPort } from './inspect.ts';
import { bracketed, reachableHost } from './publish.ts';

/** How a service is reached from the host. */
export interface ServiceAddress {
  readonly service: string;
  readonly host: string;
  /** Container port, `5432` or `53.udp`, to host port; in the compose file's order. */
  readonly ports: readonly (readonly [string, number])[];
}

/** One container as later steps see it. */
export interface PublishedService {
  readonly service: string;
  /** Podman's name. */
  readonly container: string;
  readonly id: string;
  readonly image: string;
  readonly state: 'healthy' | 'running' | 'completed';
  /** Absent: it publishes nothing. */
  readonly address?: ServiceAddress;
  /** Absent: nobody knows how its clients connect. */
  readonly connection?: Connection;
}

/** An output variable of the step. */
export interface Output {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
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

/**
 * Output variables, ADR 0009: `db.host`, `db.port.5432`, `db.address`, `db.connectionString`. What masks nothing
 * but noise is no secret: `postgres`, a password for all to read; the string without one, Kafka's plain address.
 */
export function outputVariables(
  { service, container, address, connection }: PublishedService,
  isMasked: (value: string) => boolean,
): readonly Output[] {
  const plain = (name: string, value: string, secret = false): Output => {
    return { name: `${service}.${name}`, value, secret };
  };
  const { user, password, database, strings = {} } = connection ?? {};
  const hasLogin = password !== undefined;
  return [
    plain('container', container),
    ...(address === undefined ? [] : reachable(address).map(([name, value]) => plain(name, value))),
    ...(user === undefined ? [] : [plain('user', user)]),
    ...(hasLogin ? [plain('password', password, isMasked(password))] : []),
    ...(database === undefined ? [] : [plain('database', database)]),
    ...Object.entries(strings).map(([name, value]) => plain(name, value, hasLogin)),
  ];
}

function reachable(address: ServiceAddress): readonly (readonly [string, string])[] {
  const { host, ports } = address;
  return [
    ['host', host],
    ...ports.map(([port, hostPort]) => [`port.${port}`, String(hostPort)] as const),
    ['address', addressOf(address)],
  ];
}

/** As the platform's own service containers tell their ports (ContainerOperationProvider.cs). */
export function agentVariables({ service, address }: PublishedService): readonly Output[] {
  const byNumber = new Map<string, number>();
  for (const [port, hostPort] of address?.ports ?? []) {
    const [number = port] = port.split('.');
    if (!byNumber.has(number)) byNumber.set(number, hostPort);
  }
  return Array.from(byNumber, ([port, hostPort]) => ({
    name: `agent.services.${service}.ports.${port}`,
    value: String(hostPort),
    secret: false,
  }));
}

/**
 * The same for a shell: `DB_HOST=127.0.0.1`, quoted where it must be; every character that a shell's names
 * lack becomes `_`, and a capital inside a word begins a new one.
 */
export function environmentLines(outputs: readonly Output[]): readonly string[] {
  return outputs.map(({ name, value }) => `${shellName(name)}=${shellValue(value)}`);
}

/** A name that a shell takes: `db.connectionString` is DB_CONNECTION_STRING. */
export function shellName(name: string): string {
  const parted = name.replace(/(?<=\.[a-zA-Z]+)[A-Z]/g, (capital) => `_${capital}`);
  const word = parted.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
  return /^\d/.test(word) ? `_${word}` : word;
}

function shellValue(value: string): string {
  return /^[\w.:/@%+-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The output `services`: one map of all, without secrets. */
export function servicesMap(services: readonly PublishedService[]): string {
  const entries = services.map(({ service, container, id, image, state, address }) => {
    const where =
      address === undefined
        ? {}
        : {
            host: address.host,
            address: addressOf(address),
            ports: Object.fromEntries(address.ports),
          };
    return [service, { container, id, image, state, ...where }] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** Name, state and where it is, in columns. */
export function servicesTable(services: readonly PublishedService[]): readonly string[] {
  const rows = services.map(({ service, state, address }) => [
    service,
    state,
    address?.ports.map(([port, on]) => `${address.host}:${on} → ${port}`).join(', ') ?? '',
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([name = '', state = '', where = '']) =>
    `${name.padEnd(widths[0] ?? 0)}  ${state.padEnd(widths[1] ?? 0)}  ${where}`.trimEnd(),
  );
}
