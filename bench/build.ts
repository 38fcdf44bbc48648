import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import {
  type BenchResult,
  machineConditions,
  median,
  rounded,
} from '../scripts/lib/bench/bench-result.ts';
import { agentNode, attach, fiveStages, timed } from '../scripts/lib/bench/build-ground.ts';
import {
  type Ground,
  byBuildah,
  byBuildx,
  byIdleStep,
  byTask,
  inTurns,
  onFreshDaemon,
} from '../scripts/lib/bench/builds.ts';
import { type Kaniko, findKaniko, kanikoTime } from '../scripts/lib/bench/kaniko.ts';
import { bundleTasks } from '../scripts/lib/build/bundle-tasks.ts';
import { startPlayground } from '../scripts/lib/playground/start-playground.ts';

/** More than the medians of builds that take seconds need: a cached one takes a fraction of one. */
const cachedRounds = 7;
const coldRounds = 2;
const goals =
  'cached 1.3 and 300 ms more; cold 1.03; fresh daemon with cache 0.2; against buildah 0.5';

/** Milliseconds by what was measured. */
type Times = Readonly<Record<string, number>>;

/** The whole task against buildx, buildah, itself without cache, and itself on two daemons. */
export async function run(): Promise<BenchResult> {
  await bundleTasks(process.cwd(), ['SetupBuildkitBuilder', 'BuildxMultiArch']);
  const folder = await mkdtemp(join(tmpdir(), 'bench-build-'));
  const playground = await startPlayground({
    stateDir: join(folder, 'playground'),
    builders: [{ name: 'a' }, { name: 'b' }],
    registries: [{ name: 'plain' }],
  });
  try {
    const [a = '', b = ''] = ['a', 'b'].map((name) => playground.builder(name).address);
    const pair = `${a} platforms=linux/amd64\n${b} platforms=linux/arm64`;
    const one = await attach(playground, folder, a);
    const two = await attach(playground, folder, pair);
    const kaniko = await findKaniko(console.log);
    return await measured({ folder, playground, one, two }, await fiveStages(folder), kaniko);
  } finally {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(ground: Ground, five: string, kaniko: Kaniko): Promise<BenchResult> {
  const example = resolve('examples/orders');
  const times: Times = {
    ...named('example, cached', await cached(ground, example)),
    ...named('five stages, cached', await cached(ground, five)),
    ...named('five stages, cold', await cold(ground, five, kaniko)),
    ...named('example, cold', await cold(ground, example)),
    ...named('five stages, fresh daemon', await onFreshDaemon(ground, five)),
    ...named('example, fresh daemon', await onFreshDaemon(ground, example)),
    ...named('five stages, two platforms', await fanOut(ground, five)),
  };
  const { stdout: buildah } = await execa('buildah', ['--version']);
  return {
    conditions: {
      ...{
        ...machineConditions(),
        node: agentNode().name,
        'cached rounds': cachedRounds,
        'cold rounds': coldRounds,
        goals,
      },
      ...{ buildah: `${buildah}, in chroot isolation`, kaniko: kaniko.told },
    },
    medians: Object.fromEntries(
      Object.entries(times).map(([name, ms]) => [`${name}, ms`, rounded(ms)]),
    ),
    ratios: ratiosOf(times),
  };
}

function named(what: string, times: Times): Times {
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [`${what}, ${name}`, ms]));
}

/** Of each measure by the task to the others of its kind. */
function ratiosOf(times: Times): Readonly<Record<string, number>> {
  const pairs = [
    ...['task / buildx', 'an idle step and buildx / buildx', 'task / buildah', 'task / kaniko'],
    ...['with cache / without', 'two daemons / one daemon'],
  ].map((pair) => pair.split(' / '));
  const entries = Object.keys(times).flatMap((name) =>
    pairs.flatMap(([ours = '', theirs = '']): (readonly [string, number])[] => {
      if (!name.endsWith(`, ${ours}`)) return [];
      const what = name.slice(0, -ours.length);
      const other = times[what + theirs];
      const ratio = rounded((times[name] ?? NaN) / (other ?? NaN));
      return other === undefined ? [] : [[`${what}${ours} / ${theirs}`, ratio]];
    }),
  );
  return Object.fromEntries(entries);
}

async function cached(ground: Ground, context: string): Promise<Times> {
  await byTask(ground, context);
  await byBuildx(ground, context);
  const [task = [], buildx = [], idle = []] = await inTurns(
    cachedRounds,
    () => byTask(ground, context),
    () => byBuildx(ground, context),
    () => byIdleStep(ground),
  );
  const floor = median(idle) + median(buildx);
  return { task: median(task), buildx: median(buildx), 'an idle step and buildx': floor };
}

async function cold(ground: Ground, context: string, kaniko?: Kaniko): Promise<Times> {
  const [task = [], buildx = []] = await inTurns(
    coldRounds,
    () => byTask(ground, context, { noCache: 'true' }),
    () => byBuildx(ground, context, true),
  );
  const buildah = await timed(() => byBuildah(ground, context));
  const others =
    kaniko?.path === undefined ? {} : { kaniko: await kanikoTime(ground, context, kaniko.path) };
  return { task: median(task), buildx: median(buildx), buildah, ...others };
}

async function fanOut(ground: Ground, context: string): Promise<Times> {
  const inputs = { platforms: 'linux/amd64,linux/arm64', strategy: 'perPlatform' };
  const on = (builder: Ground['one']) => () =>
    byTask(ground, context, { ...inputs, buildArgs: `NONCE=${performance.now()}` }, builder);
  await on(ground.two)();
  return { 'one daemon': await timed(on(ground.one)), 'two daemons': await timed(on(ground.two)) };
}
