import { type Socket, connect } from 'node:net';
import type { SocketEndpoint } from '../../core/buildkit/endpoint.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';
import type { Connection } from './connection.ts';
import { secured } from './secured-socket.ts';

/** A connection over TCP or a Unix socket, with TLS where it is asked for. */
export function openSocket(
  endpoint: SocketEndpoint,
  tls: TlsMaterial | undefined,
  limitMs: number,
): Connection {
  const socket = connectTo(endpoint, limitMs);
  return {
    stream: tls === undefined ? socket : secured(socket, endpoint, tls),
    isOpen: () => !socket.connecting,
    close: () => {
      socket.destroy();
    },
  };
}

function connectTo(endpoint: SocketEndpoint, limitMs: number): Socket {
  if (endpoint.kind === 'unix') return connect({ path: endpoint.path });
  const { host, port } = endpoint;
  // Node gives each address of a name 250 ms only, which is little between continents.
  return connect({ host, port, autoSelectFamilyAttemptTimeout: Math.ceil(limitMs / 2) });
}
