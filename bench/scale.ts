import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchResult, machineConditions, rounded } from '../scripts/lib/bench/bench-result.ts';
import { readSweep, type Sweep } from '../scripts/lib/bench/scale-arguments.ts';
import {
  ceilingMb,
  type ScaleDaemon,
  startScaleDaemons,
} from '../scripts/lib/bench/scale-daemons.ts';
import { runWave, waveKinds, type WaveResult } from '../scripts/lib/bench/scale-wave.ts';
import { startPlayground } from '../scripts/lib/playground/start-playground.ts';

/** The collector looks once a minute at most (BuildKit 0.32). */
const collectLimitSeconds = 90;

interface Row extends WaveResult {
  readonly name: string;
}

/** Many builds at once on few daemons: `npm run bench -- scale --builds 1,8 --daemons 1 --minutes 5`. */
export async function run(argv: readonly string[] = []): Promise<BenchResult> {
  const sweep = readSweep(argv);
  const folder = await mkdtemp(join(tmpdir(), 'bench-scale-'));
  const conditions = machineConditions();
  const playground = await startPlayground({
    ...{ stateDir: join(folder, 'playground'), builders: [] },
    registries: [{ name: 'cache' }],
  });
  try {
    const hosts = { mirror: playground.mirrorHost, cache: playground.registry('cache').host };
    return result(conditions, sweep, await measure(sweep, folder, hosts));
  } finally {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly rows: readonly Row[];
  /** Seconds by the number of daemons. */
  readonly lags: ReadonlyMap<number, number>;
  readonly leftOut: readonly string[];
}

async function measure(
  { builds, daemons, minutes }: Sweep,
  folder: string,
  hosts: { readonly mirror: string; readonly cache: string },
): Promise<Measured> {
  const end = Date.now() + minutes * 60_000;
  const rows: Row[] = [];
  const lags = new Map<number, number>();
  const leftOut: string[] = [];
  for (const count of daemons) {
    const pool = await startScaleDaemons(join(folder, `daemons-${count}`), count, hosts.mirror);
    try {
      for (const wave of builds.flatMap((number) =>
        waveKinds.map((kind) => ({ kind, builds: number })),
      )) {
        const name = `${count} x buildkitd, ${wave.builds} ${wave.kind}`;
        if (Date.now() > end) leftOut.push(name);
        else rows.push(told({ name, ...(await runWave(wave, pool.daemons, folder, hosts.cache)) }));
      }
      lags.set(count, await collectionLag(pool.daemons));
    } finally {
      await pool.stop();
    }
  }
  return { rows, lags, leftOut };
}

function told(row: Row): Row {
  const { name, wallSeconds, failures } = row;
  console.error(`${name}: ${rounded(wallSeconds)} s, ${failures} failed`);
  return row;
}

/** Seconds from the end of the last build until every cache is below its ceiling. */
async function collectionLag(daemons: readonly ScaleDaemon[]): Promise<number> {
  const begin = Date.now();
  const seconds = (): number => (Date.now() - begin) / 1000;
  while (seconds() < collectLimitSeconds) {
    const sizes = await Promise.all(daemons.map((daemon) => daemon.cacheMb()));
    if (sizes.every((size) => size <= ceilingMb)) return seconds();
    await sleep(1000);
  }
  return Infinity;
}

function result(
  conditions: BenchResult['conditions'],
  sweep: Sweep,
  { rows, lags, leftOut }: Measured,
): BenchResult {
  const medians = rows.flatMap(({ name, ...row }): [string, number][] => [
    [`${name}, wall, s`, rounded(row.wallSeconds)],
    [`${name}, failures`, row.failures],
    [`${name}, memory of the daemons, MB`, Math.round(row.memoryMb)],
    [`${name}, disk, MB`, row.diskMb],
    [`${name}, busiest daemon over its share`, rounded(row.spread)],
  ]);
  const collected = [...lags].map(([count, lag]): [string, number] => [
    `${count} x buildkitd, collected after, s`,
    rounded(lag),
  ]);
  if (rows.some(({ failures }) => failures > 0)) process.exitCode = 1;
  return {
    conditions: {
      ...{ ...conditions, client: 'buildctl', 'ceiling of the cache, MB': ceilingMb },
      'left out for lack of time': leftOut.length === 0 ? 'nothing' : leftOut.join('; '),
    },
    medians: Object.fromEntries([...medians, ...collected]),
    ratios: Object.fromEntries(ratiosOf(sweep, rows)),
  };
}

/** More daemons over the fewest. */
function ratiosOf({ builds, daemons }: Sweep, rows: readonly Row[]): readonly [string, number][] {
  const wall = (count: number, wave: string): number =>
    rows.find(({ name }) => name === `${count} x buildkitd, ${wave}`)?.wallSeconds ?? NaN;
  const [fewest = 1, ...more] = daemons;
  const waves = builds.flatMap((number) => waveKinds.map((kind) => `${number} ${kind}`));
  return more
    .flatMap((count) =>
      waves.map((wave): [string, number] => [
        `${wave}: ${count} daemons over ${fewest}`,
        rounded(wall(count, wave) / wall(fewest, wave)),
      ]),
    )
    .filter(([, ratio]) => !Number.isNaN(ratio));
}
