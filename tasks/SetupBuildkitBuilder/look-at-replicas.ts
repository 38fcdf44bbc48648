import { chainEnd } from '../../src/core/buildkit/check-chain.ts';
import type { Endpoint } from '../../src/core/buildkit/endpoint.ts';
import { mayComeLater, probeCause } from '../../src/core/buildkit/probe-cause.ts';
import { probeProblem } from '../../src/core/buildkit/probe-problem.ts';
import type { Replica } from '../../src/core/buildkit/replicas.ts';
import type { TlsMaterial } from '../../src/core/buildkit/tls-material.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { DaemonFacts, ProbeOutcome } from '../../src/ports/builder-probe.ts';
import type { FoundGroup } from './find-replicas.ts';
import type { SetupPorts } from './setup-ports.ts';

/** A replica that was looked at; one that is down has `trouble` instead of facts. */
export interface SeenReplica extends Replica {
  readonly facts?: DaemonFacts;
  readonly trouble?: Trouble;
}

/** Why something cannot be used, and whether waiting may help. */
export interface Trouble {
  readonly problem: Problem;
  readonly mayPass: boolean;
}

export interface SeenGroup {
  readonly platforms: readonly string[];
  readonly replicas: readonly SeenReplica[];
  readonly problems: readonly Problem[];
}

/** Once each group has a ready replica, how long the others may still take: routing wants to know them. */
const graceMs = 500;

/** One look at all replicas of all groups, side by side. */
export async function lookAtReplicas(
  groups: readonly FoundGroup[],
  tls: TlsMaterial | undefined,
  limitMs: number,
  { probe, clock }: Pick<SetupPorts, 'probe' | 'clock'>,
): Promise<readonly SeenGroup[]> {
  const enough = new AbortController();
  const ready = new Set<Replica>();
  const look = async (replica: Replica): Promise<SeenReplica> => {
    const { endpoint } = replica;
    const outcome = await probe.look(endpoint, tlsFor(endpoint, tls), limitMs, enough.signal);
    if (outcome.kind === 'up') ready.add(replica);
    if (groups.every(({ replicas }) => replicas.some((one) => ready.has(one)))) {
      void clock.sleep(graceMs).then(() => {
        enough.abort();
      });
    }
    return seen(replica, outcome, tls, clock.now());
  };
  return Promise.all(
    groups.map(async (group) => ({
      ...group,
      replicas: await Promise.all(group.replicas.map(look)),
    })),
  );
}

export function isReady({ facts }: SeenReplica): boolean {
  return facts !== undefined;
}

/** TLS is for TCP: sockets of this machine and programs need none, whatever the others have. */
export function tlsFor({ kind }: Endpoint, tls: TlsMaterial | undefined): TlsMaterial | undefined {
  return kind === 'tcp' ? tls : undefined;
}

function seen(
  replica: Replica,
  outcome: ProbeOutcome,
  tls: TlsMaterial | undefined,
  nowMs: number,
): SeenReplica {
  if (outcome.kind === 'up') return { ...replica, facts: outcome.facts };
  const { failure } = outcome;
  const { endpoint } = replica;
  const host = endpoint.kind === 'tcp' ? (endpoint.serverName ?? endpoint.host) : '';
  const clientIssuer = tls?.client && chainEnd(tls.client.cert, nowMs);
  const target = {
    url: endpoint.url,
    serverName: tls?.serverName ?? host,
    ...(clientIssuer === undefined ? {} : { clientIssuer }),
  };
  const mayPass = mayComeLater(probeCause(failure));
  return { ...replica, trouble: { problem: probeProblem(failure, target), mayPass } };
}
