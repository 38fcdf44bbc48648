import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import getPort from 'get-port';
import { agentNodes } from '../scripts/lib/agent-nodes.ts';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { timeUntil } from '../scripts/lib/bench/time-until.ts';
import { bundleTasks } from '../scripts/lib/build/bundle-tasks.ts';
import { startBuilder } from '../scripts/lib/playground/builder.ts';
import { toolFolders } from '../scripts/lib/toolchain/tool-path.ts';

const runs = 15;

interface Ground {
  readonly folder: string;
  /** Addresses of three daemons that are up. */
  readonly up: readonly string[];
  /** Nobody listens there. */
  readonly dead: string;
}

type Measure = (ground: Ground) => Promise<number>;

/** The whole task on one plain daemon against buildx doing the same, in turns; and with dead replicas. */
export async function run(): Promise<BenchResult> {
  await bundleTasks(process.cwd(), ['SetupBuildkitBuilder']);
  const folder = await mkdtemp(join(tmpdir(), 'bench-attach-'));
  const daemons = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      startBuilder({
        ...{ name, stateDir: folder, root: join(folder, name) },
        ...{ mirrorHost: 'localhost:1', registries: [] },
      }),
    ),
  );
  try {
    const up = daemons.map(({ address }) => address);
    const dead = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
    return result(await measureInTurns({ folder, up, dead }));
  } finally {
    await Promise.all(daemons.map((daemon) => daemon.stop()));
    await rm(folder, { recursive: true, force: true });
  }
}

function measures(): ReadonlyMap<string, Measure> {
  const nodes = agentNodes().flatMap(({ name, path }): (readonly [string, Measure])[] => [
    [`${name}, task`, ({ folder, up }) => attach(path, folder, up.slice(0, 1))],
    [
      `${name}, task, one of three dead`,
      ({ folder, up, dead }) => attach(path, folder, [dead, ...up.slice(0, 2)]),
    ],
    [`${name}, refused, connectTimeout 0`, ({ folder, dead }) => attach(path, folder, [dead])],
  ]);
  return new Map([['buildx', buildxAlone], ...nodes]);
}

async function measureInTurns(ground: Ground): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map([...measures().keys()].map((name): [string, number[]] => [name, []]));
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [name, measure] of measures()) times.get(name)?.push(await measure(ground));
  }
  return times;
}

async function buildxAlone({ folder, up }: Ground): Promise<number> {
  const store = await mkdtemp(join(folder, 'store-'));
  const create = `buildx create --name b --driver remote ${up[0] ?? ''}`;
  const env = { PATH: path(), BUILDX_CONFIG: store, DOCKER_CONFIG: store };
  const args = ['-c', `${create} >/dev/null && exec buildx inspect --bootstrap b`];
  return timeUntil({ file: 'sh', args, env, cwd: folder });
}

async function attach(node: string, folder: string, endpoints: readonly string[]): Promise<number> {
  const temp = await mkdtemp(join(folder, 'temp-'));
  const env = {
    ...{ PATH: path(), AGENT_TEMPDIRECTORY: temp, AGENT_VERSION: '4.265.1' },
    ...{ INPUT_ENDPOINTS: endpoints.join('\n'), INPUT_CONNECTTIMEOUT: '0' },
  };
  const args = [resolve('tasks/SetupBuildkitBuilder/dist/main.cjs')];
  return timeUntil({ file: node, args, env, cwd: folder });
}

function path(): string {
  return [...toolFolders(), process.env['PATH'] ?? ''].join(':');
}

function result(times: ReadonlyMap<string, readonly number[]>): BenchResult {
  const alone = times.get('buildx') ?? [];
  const medians: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  for (const [name, values] of times) {
    medians[`${name}, ms`] = rounded(median(values));
    if (!name.endsWith(', task')) continue;
    const differences = values.map((value, at) => value - (alone[at] ?? NaN));
    medians[`${name} over buildx, ms`] = rounded(median(differences));
    ratios[`${name} over buildx`] = rounded(median(values) / median(alone));
  }
  const goal = 'at most 400 ms over buildx; 1500 ms with one of three dead; 1000 ms refused';
  return { conditions: { ...machineConditions(), 'paired runs': runs, goal }, medians, ratios };
}
