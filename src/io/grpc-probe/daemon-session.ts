import { type ClientHttp2Session, connect } from 'node:http2';
import { type Socket, connect as connectSocket } from 'node:net';
import type { SocketEndpoint } from '../../core/buildkit/endpoint.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';
import { authority, secured } from './secured-socket.ts';

/** How long a talk with a daemon may take. */
export interface Patience {
  readonly limitMs: number;
  /** Ends it early. */
  readonly signals: readonly AbortSignal[];
}

/** How a talk was cut short. */
export interface CutShort {
  readonly afterMs: number;
  readonly connected: boolean;
}

/** Connects, talks, and leaves nothing open. */
export async function withDaemon<T>(
  endpoint: SocketEndpoint,
  tls: TlsMaterial | undefined,
  { limitMs, signals }: Patience,
  talk: (session: ClientHttp2Session) => Promise<T>,
  cutShort: (how: CutShort) => T,
): Promise<T> {
  const startMs = performance.now();
  const socket = openSocket(endpoint, limitMs);
  const session = connect(authority(endpoint, tls), {
    createConnection: () => (tls === undefined ? socket : secured(socket, endpoint, tls)),
  });
  // The pending call rejects with the same error, which is what we report.
  session.on('error', () => undefined);
  const impatient = new Promise<T>((resolve) => {
    onAbort(AbortSignal.any([...signals, AbortSignal.timeout(limitMs)]), () => {
      const afterMs = Math.min(limitMs, Math.round(performance.now() - startMs));
      resolve(cutShort({ afterMs, connected: !socket.connecting }));
    });
  });
  try {
    return await Promise.race([talk(session), impatient]);
  } finally {
    session.destroy();
    socket.destroy();
  }
}

function openSocket(endpoint: SocketEndpoint, limitMs: number): Socket {
  if (endpoint.kind === 'unix') return connectSocket({ path: endpoint.path });
  const { host, port } = endpoint;
  // Node gives each address of a name 250 ms only, which is little between continents.
  return connectSocket({ host, port, autoSelectFamilyAttemptTimeout: Math.ceil(limitMs / 2) });
}

function onAbort(signal: AbortSignal, act: () => void): void {
  signal.addEventListener('abort', act, { once: true });
  if (signal.aborted) act();
}
