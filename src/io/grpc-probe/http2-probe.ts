import type { ClientHttp2Session } from 'node:http2';
import type { Endpoint } from '../../core/buildkit/endpoint.ts';
import { type ProbeFailure, probeCause } from '../../core/buildkit/probe-cause.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';
import type { BuilderProbe, ProbeOutcome } from '../../ports/builder-probe.ts';
import { askCacheSize, askDaemon } from './ask-daemon.ts';
import { type CutShort, type Patience, withDaemon } from './daemon-session.ts';
import { type ProgramConnection, openProgram } from '../process/program-connection.ts';
import { authority } from './secured-socket.ts';
import { openSocket } from './socket-connection.ts';

/** Trusts nobody: its handshake fails at the certificate, which shows that the other side speaks TLS. */
const greetingOnly: TlsMaterial = { ca: '' };

/** Asks daemons over node's own HTTP/2 (docs/adr/0004-grpc-probe.md). */
export function http2Probe(cancellation: AbortSignal): BuilderProbe {
  return {
    look: async (endpoint, tls, limitMs, enough) => {
      const signals = enough === undefined ? [cancellation] : [cancellation, enough];
      const outcome = await look(endpoint, tls, { limitMs, signals });
      if (!isUnexplained(outcome) || tls !== undefined || endpoint.kind !== 'tcp') return outcome;
      const greeted = await look(endpoint, greetingOnly, { limitMs, signals });
      return greeted.kind === 'up' ? outcome : closed(greeted.failure);
    },
    cacheSize: (endpoint, tls, limitMs) => {
      const connection =
        endpoint.kind === 'program' ? openProgram(endpoint) : openSocket(endpoint, tls, limitMs);
      const patience = { limitMs, signals: [cancellation] };
      const nothing = (): undefined => undefined;
      return withDaemon(connection, authority(endpoint, tls), patience, askCacheSize, nothing);
    },
  };
}

function look(
  endpoint: Endpoint,
  tls: TlsMaterial | undefined,
  patience: Patience,
): Promise<ProbeOutcome> {
  const name = authority(endpoint, tls);
  if (endpoint.kind !== 'program') {
    const socket = openSocket(endpoint, tls, patience.limitMs);
    return withDaemon(socket, name, patience, askDaemon, timedOut);
  }
  const program = openProgram(endpoint);
  return withDaemon(program, name, patience, (session) => askThrough(program, session), timedOut);
}

/** A connection that breaks says less than the program that carried it. */
async function askThrough(
  program: ProgramConnection,
  session: ClientHttp2Session,
): Promise<ProbeOutcome> {
  const outcome = await askDaemon(session);
  if (outcome.kind === 'up' || !/^(error|closed)$/.test(outcome.failure.kind)) return outcome;
  const failure = await program.failure();
  return failure === undefined ? outcome : { kind: 'down', failure };
}

function timedOut({ afterMs, connected }: CutShort): ProbeOutcome {
  return { kind: 'down', failure: { kind: 'timeout', afterMs, connected } };
}

function isUnexplained(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'down' && probeCause(outcome.failure) === 'closed';
}

function closed(withTls: ProbeFailure): ProbeOutcome {
  return { kind: 'down', failure: { kind: 'closed', withTls } };
}
