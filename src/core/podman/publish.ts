import type { PortMapping } from '../compose/model-mounts.ts';

/** `random`: any free port of the host, on our address; `asDeclared`: what the compose file says. */
export type PortMode = 'random' | 'asDeclared';

/** A `-p` value: `ip:host:container/proto`, the host's part empty for a free port (Podman refuses 0). */
export function publishValue(port: PortMapping, mode: PortMode, bindAddress: string): string {
  const address = (mode === 'asDeclared' ? port.hostIp : undefined) ?? bindAddress;
  const published = mode === 'asDeclared' ? String(port.published?.from ?? '') : '';
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
