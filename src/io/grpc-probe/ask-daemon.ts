import type { ClientHttp2Session } from 'node:http2';
import type { ProbeFailure } from '../../core/buildkit/probe-cause.ts';
import type { ProbeOutcome } from '../../ports/builder-probe.ts';
import { platformsOf, versionOf } from './control-messages.ts';
import { unaryCall } from './unary-call.ts';

const control = 'moby.buildkit.v1.Control';

/** Asks for version and platforms. Never rejects: what went wrong is the outcome. */
export async function askDaemon(session: ClientHttp2Session): Promise<ProbeOutcome> {
  try {
    const [info, workers] = await Promise.all([
      unaryCall(session, `${control}/Info`),
      unaryCall(session, `${control}/ListWorkers`),
    ]);
    if (info.kind !== 'answer') return { kind: 'down', failure: info };
    if (workers.kind !== 'answer') return { kind: 'down', failure: workers };
    const version = versionOf(info.message) ?? 'unknown';
    return { kind: 'up', facts: { version, platforms: platformsOf(workers.message) } };
  } catch (error) {
    return { kind: 'down', failure: connectionFailure(error) };
  }
}

/** A call cut short by its session names the session's error as its cause (Node.js, http2). */
function connectionFailure(error: unknown): ProbeFailure {
  const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = origin instanceof Error && 'code' in origin ? String(origin.code) : '';
  const message = origin instanceof Error ? origin.message : String(origin);
  return { kind: 'error', code, message };
}
