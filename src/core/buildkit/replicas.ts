import type { Problem } from '../errors.ts';
import type { DnsName, Endpoint } from './endpoint.ts';
import type { EndpointLine } from './endpoint-line.ts';

/** One of the daemons that stand for one another. */
export interface Replica {
  /** Stable over restarts where it can be: given, the target of an SRV record, or the address. */
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** An SRV record (RFC 2782), the target without its last dot; `''` says that there is no such service. */
export interface ServiceRecord {
  readonly target: string;
  readonly port: number;
  readonly priority: number;
}

/** What DNS said: records, or the code of its refusal such as ENOTFOUND. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly records: readonly T[] }
  | { readonly kind: 'failed'; readonly code: string };

/** The replica of a line that names one daemon. */
export function namedReplica(name: string | undefined, endpoint: Endpoint): Replica {
  return { name: name ?? endpoint.url.replace(/^[a-z-]+:\/\//, ''), endpoint };
}

/** One replica for each target, by priority, then by name; named by its target, which outlives addresses. */
export function serviceReplicas(records: readonly ServiceRecord[]): readonly Replica[] {
  const targets = records.filter(({ target }) => target !== '');
  const ordered = [...targets].sort(
    (a, b) => a.priority - b.priority || a.target.localeCompare(b.target) || a.port - b.port,
  );
  const hosts = ordered.map(({ target }) => target);
  return ordered.map(({ target: host, port }) => ({
    name: hosts.filter((other) => other === host).length > 1 ? `${host}:${port}` : host,
    endpoint: { kind: 'tcp', url: `tcp://${host}:${port}`, host, port },
  }));
}

/** One replica for each address; the certificate is checked for the name, not for the address. */
export function addressReplicas(
  addresses: readonly string[],
  { host: serverName, port }: Extract<DnsName, { readonly kind: 'dns' }>,
): readonly Replica[] {
  return [...new Set(addresses)].sort().map((host) => {
    const shown = host.includes(':') ? `[${host}]` : host;
    const url = `tcp://${shown}:${port}`;
    return { name: `${shown}:${port}`, endpoint: { kind: 'tcp', url, host, port, serverName } };
  });
}

/** The sentence for a name that led to no daemon. */
export function dnsProblem({ address }: EndpointLine, lookup: Lookup<unknown>): Problem {
  const isService = address.kind === 'srv';
  const record = isService ? 'SRV record' : 'address';
  const code = lookup.kind === 'failed' ? lookup.code : '';
  if (/^(ENOTFOUND|ENODATA|EAI_NODATA|EAI_NONAME|)$/.test(code)) {
    const nothing =
      code === '' ? `names no ${isService ? 'target' : 'address'}` : `has no ${record}`;
    return {
      where: 'endpoints',
      what: `The DNS name in ${address.url} ${nothing}.`,
      change: isService
        ? 'Check _port._tcp and the full name; in Kubernetes the Service is headless, its port is named, and only ready pods are listed.'
        : 'Check the name; in Kubernetes write service.namespace.svc of a headless Service, which lists ready pods only.',
    };
  }
  return {
    where: 'endpoints',
    what: `DNS does not say where ${address.url} is (${code}).`,
    change: "Check the agent's DNS servers in /etc/resolv.conf.",
  };
}
