import { type ClientHttp2Session, connect } from 'node:http2';
import type { Connection } from './connection.ts';

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

/** Talks over the connection, and leaves nothing open. */
export async function withDaemon<T>(
  connection: Connection,
  authority: string,
  { limitMs, signals }: Patience,
  talk: (session: ClientHttp2Session) => Promise<T>,
  cutShort: (how: CutShort) => T,
): Promise<T> {
  const startMs = performance.now();
  const session = connect(authority, { createConnection: () => connection.stream });
  // The pending call rejects with the same error, which is what we report.
  session.on('error', () => undefined);
  const impatient = new Promise<T>((resolve) => {
    onAbort(AbortSignal.any([...signals, AbortSignal.timeout(limitMs)]), () => {
      const afterMs = Math.min(limitMs, Math.round(performance.now() - startMs));
      resolve(cutShort({ afterMs, connected: connection.isOpen() }));
    });
  });
  try {
    return await Promise.race([talk(session), impatient]);
  } finally {
    session.destroy();
    connection.close();
  }
}

function onAbort(signal: AbortSignal, act: () => void): void {
  signal.addEventListener('abort', act, { once: true });
  if (signal.aborted) act();
}
