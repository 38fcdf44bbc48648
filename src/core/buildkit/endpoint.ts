import type { DialCommand } from './dial-command.ts';

/** Where one BuildKit daemon is; `url` as buildx takes it (build-anchors 3.1). */
export type Endpoint = SocketEndpoint | ProgramEndpoint;

/** A daemon that a connection of ours leads to. */
export type SocketEndpoint =
  | {
      readonly kind: 'tcp';
      readonly url: string;
      /** Without the brackets of an IPv6 address. */
      readonly host: string;
      readonly port: number;
      /** The name in its certificate when that is not the host: an address that DNS gave for a name. */
      readonly serverName?: string;
    }
  | { readonly kind: 'unix'; readonly url: string; readonly path: string };

/** A daemon behind kubectl or ssh. */
export interface ProgramEndpoint extends DialCommand {
  readonly kind: 'program';
  readonly url: string;
}

/** A DNS name with a daemon behind each of its records. */
export type DnsName =
  | { readonly kind: 'srv'; readonly url: string; readonly service: string }
  | { readonly kind: 'dns'; readonly url: string; readonly host: string; readonly port: number };

/** What a user may write as an address. */
export type Address = Endpoint | DnsName;

/** Whether it is reached over TCP, so that TLS applies. */
export function isOverTcp({ kind }: Address): boolean {
  return kind === 'tcp' || kind === 'srv' || kind === 'dns';
}

/** Whether nobody but this machine, or whom ssh and Kubernetes let in, can listen in. */
export function isPrivate(address: Address): boolean {
  if (!isOverTcp(address)) return true;
  return address.kind === 'tcp' && /^(localhost|127\.[\d.]+|::1)$/i.test(address.host);
}
