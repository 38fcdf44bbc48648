import { rankReplicas } from './rendezvous.ts';

/** A replica that answered the probe. */
export interface ReadyReplica {
  /** Stable over restarts: a StatefulSet's ordinal name, not an address. */
  readonly name: string;
  /** Builds that run there now. */
  readonly runningBuilds: number;
}

export type Routing = 'affinity' | 'leastLoaded' | 'ordered';

export interface Choice<T> {
  readonly replica: T;
  /** All replicas in the order in which failover tries them; the chosen one first. */
  readonly ranking: readonly T[];
  /** 1-based place of the chosen one in the routing's own order. */
  readonly rank: number;
  /** For people: why this one. */
  readonly reason: string;
}

/**
 * Chooses one of the ready replicas; undefined when there is none.
 * Affinity is bounded: a replica that runs as many builds as `ceil(maxLoadFactor * (all running + 1) / replicas)`
 * is passed over for the next in rank (consistent hashing with bounded loads, Mirrokni et al. 2016).
 * @param maxLoadFactor at least 1; 1 means evenly loaded, a large number means never passed over.
 */
export function chooseReplica<T extends ReadyReplica>(
  routing: Routing,
  key: string,
  replicas: readonly T[],
  maxLoadFactor: number,
): Choice<T> | undefined {
  switch (routing) {
    case 'ordered':
      return firstOf(replicas, 'it is the first ready one in the list');
    case 'leastLoaded':
      return firstOf(byLoad(rankReplicas(key, replicas)), 'it runs the fewest builds');
    case 'affinity':
      return bounded(rankReplicas(key, replicas), maxLoadFactor);
  }
}

function bounded<T extends ReadyReplica>(
  ranked: readonly T[],
  maxLoadFactor: number,
): Choice<T> | undefined {
  const running = ranked.reduce((sum, replica) => sum + replica.runningBuilds, 0);
  const capacity = Math.ceil((maxLoadFactor * (running + 1)) / ranked.length);
  const index = ranked.findIndex((replica) => replica.runningBuilds < capacity);
  const replica = ranked[index];
  if (replica === undefined) return undefined;
  const ranking = [replica, ...ranked.filter((other) => other !== replica)];
  return { replica, ranking, rank: index + 1, reason: reasonOf(ranked, index) };
}

function reasonOf(ranked: readonly ReadyReplica[], index: number): string {
  const home = 'this repository has its cache there';
  if (index === 0) return home;
  const passed = ranked
    .slice(0, index)
    .map(({ name, runningBuilds }) => `${name} runs ${runningBuilds}`);
  return `replicas of higher rank are busy (builds: ${passed.join(', ')})`;
}

function byLoad<T extends ReadyReplica>(ranked: readonly T[]): readonly T[] {
  return [...ranked].sort((a, b) => a.runningBuilds - b.runningBuilds);
}

function firstOf<T>(ranking: readonly T[], reason: string): Choice<T> | undefined {
  const [replica] = ranking;
  return replica === undefined ? undefined : { replica, ranking, rank: 1, reason };
}
