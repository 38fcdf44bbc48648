import type { Lookup, ServiceRecord } from '../core/buildkit/replicas.ts';

/** DNS, as the machine is set up to ask it. Never rejects; ends within `limitMs` with the code ETIMEOUT. */
export interface Resolver {
  /** SRV records of a full name; search domains are not tried. */
  services(name: string, limitMs: number): Promise<Lookup<ServiceRecord>>;
  /** IPv4 and IPv6 addresses, found as connections find them: hosts file and search domains count. */
  addresses(host: string, limitMs: number): Promise<Lookup<string>>;
}
