import { type Socket, isIP } from 'node:net';
import { type TLSSocket, checkServerIdentity, connect } from 'node:tls';
import type { Endpoint, SocketEndpoint } from '../../core/buildkit/endpoint.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';

/** TLS on a socket, as buildx does it: only the given authorities count, the name is serverName or the host. */
export function secured(socket: Socket, endpoint: SocketEndpoint, tls: TlsMaterial): TLSSocket {
  const name = serverName(endpoint, tls);
  return connect({
    socket,
    // An empty list trusts nobody; an absent one would bring in the system's authorities.
    ca: tls.ca === '' ? [] : [tls.ca],
    // As in Go, an intermediate authority vouches without its root. Node's types do not know the option yet.
    ...{ allowPartialTrustChain: true },
    ...tls.client,
    ALPNProtocols: ['h2'],
    // An address cannot be asked for by name (RFC 6066), but it is checked in the certificate.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  });
}

/** The URL whose host becomes `:authority`, as in buildx: proxies in front of daemons route by it. */
export function authority(endpoint: Endpoint, tls: TlsMaterial | undefined): string {
  const name = serverName(endpoint, tls);
  const host = isIP(name) === 6 ? `[${name}]` : name;
  const port = endpoint.kind === 'tcp' ? `:${endpoint.port}` : '';
  return `${tls === undefined ? 'http' : 'https'}://${host}${port}`;
}

function serverName(endpoint: Endpoint, tls: TlsMaterial | undefined): string {
  if (endpoint.kind !== 'tcp') return tls?.serverName ?? 'localhost';
  // As buildx: without TLS there is no other name than the address.
  const { host, serverName: pinned } = endpoint;
  return tls === undefined ? host : (tls.serverName ?? pinned ?? host);
}
