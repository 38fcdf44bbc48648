import { connect } from 'node:http2';
import { type Socket, connect as connectSocket } from 'node:net';
import type { Endpoint } from '../../core/buildkit/endpoint.ts';
import { type ProbeFailure, probeCause } from '../../core/buildkit/probe-cause.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';
import type { BuilderProbe, ProbeOutcome } from '../../ports/builder-probe.ts';
import { askDaemon } from './ask-daemon.ts';
import { authority, secured } from './secured-socket.ts';

/** Trusts nobody: its handshake fails at the certificate, which shows that the other side speaks TLS. */
const greetingOnly: TlsMaterial = { ca: '' };

/** Asks daemons over node's own HTTP/2 (docs/adr/0004-grpc-probe.md). */
export function http2Probe(cancellation: AbortSignal): BuilderProbe {
  return {
    look: async (endpoint, tls, limitMs) => {
      const outcome = await lookOnce(endpoint, tls, limitMs, cancellation);
      if (!isUnexplained(outcome) || tls !== undefined || endpoint.kind !== 'tcp') return outcome;
      const greeted = await lookOnce(endpoint, greetingOnly, limitMs, cancellation);
      return greeted.kind === 'up' ? outcome : closed(greeted.failure);
    },
  };
}

function isUnexplained(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'down' && probeCause(outcome.failure) === 'closed';
}

function closed(withTls: ProbeFailure): ProbeOutcome {
  return { kind: 'down', failure: { kind: 'closed', withTls } };
}

async function lookOnce(
  endpoint: Endpoint,
  tls: TlsMaterial | undefined,
  limitMs: number,
  cancellation: AbortSignal,
): Promise<ProbeOutcome> {
  const socket = connectSocket(
    endpoint.kind === 'tcp'
      ? // Node gives each address of a name 250 ms only, which is little between continents.
        { host: endpoint.host, port: endpoint.port, autoSelectFamilyAttemptTimeout: limitMs / 2 }
      : { path: endpoint.path },
  );
  const session = connect(authority(endpoint, tls), {
    createConnection: () => (tls === undefined ? socket : secured(socket, endpoint, tls)),
  });
  // The pending call rejects with the same error, which is what we report.
  session.on('error', () => undefined);
  const signal = AbortSignal.any([cancellation, AbortSignal.timeout(limitMs)]);
  try {
    return await Promise.race([askDaemon(session), patience(signal, socket, limitMs)]);
  } finally {
    session.destroy();
    socket.destroy();
  }
}

function patience(signal: AbortSignal, socket: Socket, limitMs: number): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const giveUp = (): void => {
      const connected = !socket.connecting;
      resolve({ kind: 'down', failure: { kind: 'timeout', afterMs: limitMs, connected } });
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}
