import type { ClientHttp2Session } from 'node:http2';
import type { ProbeFailure } from '../../core/buildkit/probe-cause.ts';
import type { ProbeOutcome } from '../../ports/builder-probe.ts';
import {
  runningBuildsRequest,
  sizeOf,
  startedBuilds,
  versionOf,
  workersOf,
} from './control-messages.ts';
import { type CallOutcome, grpcCall } from './grpc-call.ts';

const control = 'moby.buildkit.v1.Control';

/** Asks for version, workers and running builds. Never rejects: what went wrong is the outcome. */
export async function askDaemon(session: ClientHttp2Session): Promise<ProbeOutcome> {
  try {
    const [info, workers, history] = await Promise.all([
      grpcCall(session, `${control}/Info`),
      grpcCall(session, `${control}/ListWorkers`),
      grpcCall(session, `${control}/ListenBuildHistory`, runningBuildsRequest),
    ]);
    if (info.kind !== 'answer') return { kind: 'down', failure: info };
    if (workers.kind !== 'answer') return { kind: 'down', failure: workers };
    const version = versionOf(firstOf(info)) ?? 'unknown';
    const facts = { version, ...workersOf(firstOf(workers)) };
    // A daemon that keeps no history still builds.
    if (history.kind !== 'answer') return { kind: 'up', facts };
    return { kind: 'up', facts: { ...facts, runningBuilds: startedBuilds(history.messages) } };
  } catch (error) {
    return { kind: 'down', failure: connectionFailure(error) };
  }
}

/** Bytes in the cache, or undefined; it takes long where there are many records. Never rejects. */
export async function askCacheSize(session: ClientHttp2Session): Promise<number | undefined> {
  try {
    const usage = await grpcCall(session, `${control}/DiskUsage`);
    return usage.kind === 'answer' ? sizeOf(firstOf(usage)) : undefined;
  } catch {
    return undefined;
  }
}

function firstOf({ messages }: Extract<CallOutcome, { readonly kind: 'answer' }>): Uint8Array {
  return messages[0] ?? new Uint8Array();
}

/** A call cut short by its session names the session's error as its cause (Node.js, http2). */
function connectionFailure(error: unknown): ProbeFailure {
  const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = origin instanceof Error && 'code' in origin ? String(origin.code) : '';
  const message = origin instanceof Error ? origin.message : String(origin);
  return { kind: 'error', code, message };
}
