import { affinityKey } from '../../../src/core/routing/affinity-key.ts';
import { type Candidate, chooseReplica } from '../../../src/core/routing/choose-replica.ts';

export type Policy = 'affinity' | 'leastLoaded' | 'random';

/** One build to come. */
export interface SimulatedBuild {
  readonly repository: string;
  readonly startMs: number;
  readonly durationMs: number;
}

/** Replicas that are there from a moment on; one that was away comes back without its cache. */
export interface Membership {
  readonly fromMs: number;
  readonly names: readonly string[];
}

export interface Simulation {
  /** In the order of their start. */
  readonly builds: readonly SimulatedBuild[];
  /** In the order of time, the first from 0 on. */
  readonly memberships: readonly Membership[];
  /** How many repositories' caches a replica keeps, the least recently built goes first. */
  readonly cacheCapacity: number;
  readonly maxLoadFactor: number;
  readonly random: () => number;
}

class Replica {
  readonly name: string;
  readonly caches: string[] = [];
  readonly ends: number[] = [];

  constructor(name: string) {
    this.name = name;
  }

  candidate(nowMs: number): Candidate {
    const runningBuilds = this.ends.filter((endMs) => endMs > nowMs).length;
    return { name: this.name, isReady: true, runningBuilds };
  }

  /** Whether its cache was there. */
  build({ repository, startMs, durationMs }: SimulatedBuild, capacity: number): boolean {
    const at = this.caches.indexOf(repository);
    if (at >= 0) this.caches.splice(at, 1);
    this.caches.push(repository);
    if (this.caches.length > capacity) this.caches.shift();
    this.ends.push(startMs + durationMs);
    return at >= 0;
  }
}

/** For each build, where it went and whether it found its cache there. */
export function simulate(
  policy: Policy,
  { builds, memberships, cacheCapacity, maxLoadFactor, random }: Simulation,
): readonly { readonly replica: string; readonly isHit: boolean }[] {
  let replicas: readonly Replica[] = [];
  return builds.map((build) => {
    const names = memberships.findLast(({ fromMs }) => fromMs <= build.startMs)?.names ?? [];
    const before = replicas;
    replicas = names.map((name) => before.find((one) => one.name === name) ?? new Replica(name));
    const candidates = replicas.map((replica) => replica.candidate(build.startMs));
    const chosen = choose(policy, build.repository, candidates, maxLoadFactor, random);
    const replica = replicas.find(({ name }) => name === chosen);
    if (replica === undefined) throw new Error('There is no replica to build on.');
    return { replica: replica.name, isHit: replica.build(build, cacheCapacity) };
  });
}

/** The name that a policy chooses, by the very code of the task. */
export function choose(
  policy: Policy,
  repository: string,
  candidates: readonly Candidate[],
  maxLoadFactor: number,
  random: () => number,
): string | undefined {
  if (policy === 'random') return candidates[Math.floor(random() * candidates.length)]?.name;
  const parts = { organization: 'o', project: 'p', repositoryId: repository };
  const key = affinityKey({ ...parts, dockerfile: 'Dockerfile', platforms: [] });
  return chooseReplica(policy, key, candidates, maxLoadFactor)?.replica.name;
}
