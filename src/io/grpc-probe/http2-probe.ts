import type { SocketEndpoint } from '../../core/buildkit/endpoint.ts';
import { type ProbeFailure, probeCause } from '../../core/buildkit/probe-cause.ts';
import type { TlsMaterial } from '../../core/buildkit/tls-material.ts';
import type { BuilderProbe, ProbeOutcome } from '../../ports/builder-probe.ts';
import { askCacheSize, askDaemon } from './ask-daemon.ts';
import { type CutShort, type Patience, withDaemon } from './daemon-session.ts';

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
    cacheSize: (endpoint, tls, limitMs) =>
      withDaemon(
        endpoint,
        tls,
        { limitMs, signals: [cancellation] },
        askCacheSize,
        () => undefined,
      ),
  };
}

function look(
  endpoint: SocketEndpoint,
  tls: TlsMaterial | undefined,
  patience: Patience,
): Promise<ProbeOutcome> {
  return withDaemon(endpoint, tls, patience, askDaemon, timedOut);
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
