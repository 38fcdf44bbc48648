import { rankReplicas } from './rendezvous.ts';

/** A replica as the choice sees it. */
export interface Candidate {
  /** Stable over restarts: a StatefulSet's ordinal name, not an address. */
  readonly name: string;
  /** Whether it answered the probe. */
  readonly isReady: boolean;
  /** Builds that run there now; 0 when that is unknown. */
  readonly runningBuilds: number;
}

export type Routing = 'affinity' | 'leastLoaded' | 'ordered';

export interface Choice<T> {
  readonly replica: T;
  /** All replicas in the order in which failover tries them: the chosen one, others ready, the rest. */
  readonly ranking: readonly T[];
  /** 1-based place of the chosen one in the routing's own order, which counts those that are down. */
  readonly rank: number;
  /** For people: why this one. */
  readonly reason: string;
}

/**
 * Chooses one of the ready replicas; undefined when there is none.
 * Affinity is bounded: a replica that runs as many builds as `ceil(maxLoadFactor * (all running + 1) / ready)`
 * is passed over for the next in rank (consistent hashing with bounded loads, Mirrokni et al. 2016).
 * @param maxLoadFactor at least 1; 1 means evenly loaded, a large number means never passed over.
 */
export function chooseReplica<T extends Candidate>(
  routing: Routing,
  key: string,
  replicas: readonly T[],
  maxLoadFactor: number,
): Choice<T> | undefined {
  switch (routing) {
    case 'ordered':
      return pick(replicas, isReady, 'it comes first in the list');
    case 'leastLoaded':
      return pick(byLoad(rankReplicas(key, replicas)), isReady, 'it runs the fewest builds');
    case 'affinity': {
      const limit = capacity(replicas.filter(isReady), maxLoadFactor);
      const hasRoom = (replica: T): boolean => isReady(replica) && replica.runningBuilds < limit;
      return pick(rankReplicas(key, replicas), hasRoom, 'this repository has its cache there');
    }
  }
}

function isReady(replica: Candidate): boolean {
  return replica.isReady;
}

function capacity(ready: readonly Candidate[], maxLoadFactor: number): number {
  const running = ready.reduce((sum, { runningBuilds }) => sum + runningBuilds, 0);
  return Math.ceil((maxLoadFactor * (running + 1)) / ready.length);
}

function byLoad<T extends Candidate>(ranked: readonly T[]): readonly T[] {
  return [...ranked].sort((a, b) => a.runningBuilds - b.runningBuilds);
}

function pick<T extends Candidate>(
  ranked: readonly T[],
  fits: (replica: T) => boolean,
  reasonForFirst: string,
): Choice<T> | undefined {
  const index = ranked.findIndex(fits);
  const replica = ranked[index];
  if (replica === undefined) return undefined;
  const others = ranked.filter((other) => other !== replica);
  const ranking = [
    replica,
    ...others.filter(isReady),
    ...others.filter((other) => !isReady(other)),
  ];
  const reason =
    ranked.length === 1
      ? 'there is no other'
      : index === 0
        ? reasonForFirst
        : `of higher rank are ${ranked.slice(0, index).map(whyNot).join(', ')}`;
  return { replica, ranking, rank: index + 1, reason };
}

function whyNot({ name, isReady: ready, runningBuilds }: Candidate): string {
  return ready ? `${name} (busy: ${builds(runningBuilds)})` : `${name} (not ready)`;
}

function builds(count: number): string {
  return count === 1 ? '1 build' : `${count} builds`;
}
