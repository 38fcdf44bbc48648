import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchResult, rounded } from '../scripts/lib/bench/bench-result.ts';
import { buildForReal, startRealReplicas } from '../scripts/lib/bench/real-routing.ts';
import { seededRandom } from '../scripts/lib/bench/seeded-random.ts';
import {
  type Membership,
  type Policy,
  type SimulatedBuild,
  simulate,
} from '../scripts/lib/bench/simulate-routing.ts';

const seed = 20_260_101;
const repositories = 200;
const buildCount = 10_000;
/** About six builds at once: twice as many as there are replicas. */
const meanDurationMs = 120_000;
const meanPauseMs = 20_000;
const cacheCapacity = 100;
const policies: readonly Policy[] = ['affinity', 'leastLoaded', 'random'];

const realBuilds = 30;
const realRepositories = 10;

/** How often builds find their cache: simulated at length, and the simulator against real daemons. */
export async function run(): Promise<BenchResult> {
  const simulated = policies.map((policy) => [policy, hitRatio(policy)] as const);
  const agreed = await compareWithDaemons();
  const hits = Object.fromEntries(
    simulated.map(([policy, ratio]) => [`${policy}, cache hits, %`, rounded(ratio * 100)]),
  );
  const affinity = simulated.find(([policy]) => policy === 'affinity')?.[1] ?? NaN;
  return {
    conditions: {
      ...{ builds: buildCount, repositories, seed, cacheCapacity, maxLoadFactor: 2 },
      ...{ replicas: '3, then 4, 3, 2, 3, 5, 3', 'real builds, three daemons': realBuilds * 2 },
    },
    medians: { ...hits, 'real builds as simulated, %': rounded(agreed * 100) },
    ratios: Object.fromEntries(
      simulated
        .filter(([policy]) => policy !== 'affinity')
        .map(([policy, ratio]) => [`affinity over ${policy}`, rounded(affinity / ratio)]),
    ),
  };
}

function hitRatio(policy: Policy): number {
  const random = seededRandom(seed);
  const builds = randomBuilds(buildCount, repositories, random);
  const memberships = comingAndGoing(builds.at(-1)?.startMs ?? 0);
  const outcomes = simulate(policy, {
    ...{ builds, memberships, cacheCapacity, maxLoadFactor: 2, random },
  });
  return outcomes.filter(({ isHit }) => isHit).length / outcomes.length;
}

/** A few repositories build often, most of them seldom; builds overlap. */
function randomBuilds(count: number, of: number, random: () => number): readonly SimulatedBuild[] {
  let startMs = 0;
  return Array.from({ length: count }, () => {
    startMs += -Math.log(1 - random()) * meanPauseMs;
    const repository = `repository-${Math.floor(random() ** 2 * of)}`;
    return { repository, startMs, durationMs: -Math.log(1 - random()) * meanDurationMs };
  });
}

function comingAndGoing(endMs: number): readonly Membership[] {
  return [3, 4, 3, 2, 3, 5, 3].map((count, at, all) => ({
    fromMs: (endMs * at) / all.length,
    names: Array.from({ length: count }, (_, number) => `replica-${number}`),
  }));
}

/** Share of real builds that went where the simulator said, with the cache it said. */
async function compareWithDaemons(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-routing-'));
  const replicas = await startRealReplicas(folder, 3);
  try {
    const builds = randomBuilds(realBuilds, realRepositories, seededRandom(seed)).map(
      ({ repository }, at) => ({ repository, startMs: at, durationMs: 0 }),
    );
    const memberships = [{ fromMs: 0, names: replicas.names }];
    let equal = 0;
    for (const policy of ['affinity', 'random'] as const) {
      const real = await buildForReal(policy, replicas, builds, seededRandom(seed));
      const foretold = simulate(policy, {
        ...{ builds, memberships, cacheCapacity, maxLoadFactor: 2, random: seededRandom(seed) },
      });
      equal += real.filter(
        ({ replica, isHit }, at) =>
          foretold[at]?.replica === replica && foretold[at].isHit === isHit,
      ).length;
    }
    return equal / (realBuilds * 2);
  } finally {
    await replicas.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
