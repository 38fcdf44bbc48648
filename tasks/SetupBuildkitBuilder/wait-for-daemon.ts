import { mayComeLater, probeCause } from '../../src/core/buildkit/probe-cause.ts';
import { probeProblem } from '../../src/core/buildkit/probe-problem.ts';
import type { TlsMaterial } from '../../src/core/buildkit/tls-material.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import type { DaemonFacts, ProbeOutcome } from '../../src/ports/builder-probe.ts';
import type { SetupRequest } from './inputs.ts';
import type { SetupPorts } from './setup-ports.ts';

type Request = Pick<SetupRequest, 'endpoint' | 'connectTimeoutSeconds'>;

/** Of a look when connectTimeout is 0, so that the answer comes within a second. */
const singleLookMs = 900;
const longestLookMs = 5_000;
const pauseMs = 500;
const reportEveryMs = 10_000;

/**
 * Looks until the daemon answers, or until waiting is of no use.
 * @throws UserError with the last thing seen, CancelledError
 */
export async function waitForDaemon(
  request: Request,
  tls: TlsMaterial | undefined,
  ports: SetupPorts,
): Promise<DaemonFacts> {
  const { host, clock, probe, cancellation } = ports;
  const startMs = clock.now();
  const endMs = startMs + request.connectTimeoutSeconds * 1000;
  let reportAtMs = startMs;
  for (;;) {
    const limitMs = Math.min(longestLookMs, Math.max(singleLookMs, endMs - clock.now()));
    const outcome = await probe.look(request.endpoint, tls, limitMs);
    if (outcome.kind === 'up') {
      host.info(`BuildKit ${outcome.facts.version} answers.`);
      return outcome.facts;
    }
    if (cancellation.aborted) throw new CancelledError(`the wait for ${request.endpoint.url}`);
    const problem = problemOf(outcome, request, tls);
    const nowMs = clock.now();
    const mayWait = mayComeLater(probeCause(outcome.failure));
    if (!mayWait || nowMs + pauseMs >= endMs) throw failed(problem, nowMs - startMs);
    if (nowMs >= reportAtMs) {
      host.info(progress(request, nowMs - startMs, problem));
      reportAtMs = nowMs + reportEveryMs;
    }
    await clock.sleep(pauseMs);
  }
}

function problemOf(
  { failure }: Extract<ProbeOutcome, { readonly kind: 'down' }>,
  { endpoint }: Request,
  tls: TlsMaterial | undefined,
): Problem {
  const serverName = tls?.serverName ?? (endpoint.kind === 'tcp' ? endpoint.host : '');
  return probeProblem(failure, { url: endpoint.url, serverName });
}

function progress(request: Request, elapsedMs: number, { what }: Problem): string {
  const waited = `${seconds(elapsedMs)} of ${request.connectTimeoutSeconds} s`;
  return `Waiting for ${request.endpoint.url}, ${waited}. ${what}`;
}

function failed(problem: Problem, elapsedMs: number): UserError {
  const waited = elapsedMs < 1000 ? '' : ` Waited ${seconds(elapsedMs)} s for it.`;
  return new UserError([{ ...problem, what: `${problem.what}${waited}` }]);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
