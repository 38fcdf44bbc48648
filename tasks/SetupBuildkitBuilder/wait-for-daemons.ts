import type { ReplicaGroup } from '../../src/core/buildkit/replica-groups.ts';
import type { TlsMaterial } from '../../src/core/buildkit/tls-material.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import { type FoundGroup, findReplicas } from './find-replicas.ts';
import type { SetupRequest } from './inputs.ts';
import { type SeenGroup, type Trouble, isReady, lookAtReplicas } from './look-at-replicas.ts';
import type { SetupPorts } from './setup-ports.ts';

type Request = Pick<SetupRequest, 'groups' | 'connectTimeoutSeconds'>;

/** Of a look when connectTimeout is 0, so that the whole step, start-up included, ends within a second. */
const singleLookMs = 700;
const longestLookMs = 5_000;
/** ssh and kubectl ask servers of their own before they connect. */
const programLookMs = 10_000;
const pauseMs = 500;
const reportEveryMs = 10_000;

/**
 * Looks until each group has a daemon that answers, or until waiting is of no use.
 * @throws UserError with what was last seen of the daemons that are missing, CancelledError
 */
export async function waitForDaemons(
  request: Request,
  tls: TlsMaterial | undefined,
  ports: SetupPorts,
): Promise<readonly SeenGroup[]> {
  const { host, clock, cancellation } = ports;
  const startMs = clock.now();
  const endMs = startMs + request.connectTimeoutSeconds * 1000;
  let reportAtMs = startMs;
  for (;;) {
    const limitMs = lookLimitMs(request, endMs - clock.now());
    const groups = await lookOnce(request.groups, tls, limitMs, ports);
    if (cancellation.aborted) throw new CancelledError('the wait for BuildKit');
    const missing = groups.filter(({ replicas }) => !replicas.some(isReady)).map(troublesOf);
    if (missing.length === 0) return groups;
    const nowMs = clock.now();
    const isHopeless = missing.some((troubles) => troubles.every(({ mayPass }) => !mayPass));
    const problems = missing.flat().map(({ problem }) => problem);
    if (isHopeless || nowMs + pauseMs >= endMs) throw failed(problems, nowMs - startMs);
    if (nowMs >= reportAtMs) {
      host.info(progress(request, nowMs - startMs, problems));
      reportAtMs = nowMs + reportEveryMs;
    }
    await clock.sleep(pauseMs);
  }
}

function lookLimitMs({ groups }: Request, leftMs: number): number {
  const addresses = groups.flatMap(({ lines }) => lines.map(({ address }) => address));
  if (addresses.some(({ kind }) => kind === 'program')) return programLookMs;
  return Math.min(longestLookMs, Math.max(singleLookMs, leftMs));
}

async function lookOnce(
  groups: readonly ReplicaGroup[],
  tls: TlsMaterial | undefined,
  limitMs: number,
  ports: SetupPorts,
): Promise<readonly SeenGroup[]> {
  const { resolver, clock } = ports;
  const startMs = clock.now();
  const found: readonly FoundGroup[] = await Promise.all(
    groups.map((group) => findReplicas(group, resolver, limitMs)),
  );
  const leftMs = Math.max(1, limitMs - (clock.now() - startMs));
  return lookAtReplicas(found, tls, leftMs, ports);
}

/** A name without records may get them: pods come into DNS when they are ready. */
function troublesOf({ replicas, problems }: SeenGroup): readonly Trouble[] {
  const ofDaemons = replicas.flatMap(({ trouble }) => trouble ?? []);
  return [...problems.map((problem) => ({ problem, mayPass: true })), ...ofDaemons];
}

function progress(request: Request, elapsedMs: number, problems: readonly Problem[]): string {
  const waited = `${seconds(elapsedMs)} of ${request.connectTimeoutSeconds} s`;
  return `Waiting for BuildKit, ${waited}. ${problems.map(({ what }) => what).join(' ')}`;
}

function failed(problems: readonly Problem[], elapsedMs: number): UserError {
  const waited = elapsedMs < 1000 ? '' : ` Waited ${seconds(elapsedMs)} s for it.`;
  return new UserError(problems.map((problem) => ({ ...problem, what: problem.what + waited })));
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
