import type { PortMapping } from '../compose/model-mounts.ts';

/** `random`: any free port of the host, on our address; `asDeclared`: what the compose file says. */
export type PortMode = 'random' | 'asDeclared';

/**
 * A `-p` value: `ip:host:container/proto`, the host's part empty for a free port (Podman refuses 0).
 * Of a range each container of a service takes its own.
 */
export function publishValue(
  port: PortMapping,
  mode: PortMode,
  bindAddress: string,
  replica = 0,
): string {
  const address = (mode === 'asDeclared' ? port.hostIp : undefined) ?? bindAddress;
  const from = mode === 'asDeclared' ? port.published?.from : undefined;
  const published = from === undefined ? '' : String(from + replica);
  const protocol = port.protocol === 'tcp' ? '' : `/${port.protocol}`;
  return `${bracketed(address)}:${published}:${port.containerPort}${protocol}`;
}

/** What others connect to when a port is bound to this address. */
export function reachableHost(boundTo: string): string {
  if (boundTo === '' || boundTo === '0.0.0.0') return '127.0.0.1';
  return boundTo === '::' ? '::1' : boundTo;
}

/** IPv6 addresses stand in brackets before a port. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
