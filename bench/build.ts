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
import {
  type Attached,
  attach,
  fiveStages,
  runTask,
  timed,
} from '../scripts/lib/bench/build-ground.ts';
import { bundleTasks } from '../scripts/lib/build/bundle-tasks.ts';
import type { Playground } from '../scripts/lib/playground/options.ts';
import { startPlayground } from '../scripts/lib/playground/start-playground.ts';

const cachedRounds = 5;
const coldRounds = 2;
const goals =
  'cached 1.3 and 300 ms more; cold 1.03; fresh daemon with cache 0.2; against buildah 0.5';
const noKaniko = 'not measured: it builds in its own root file system, so it needs a container';

interface Ground {
  readonly folder: string;
  readonly playground: Playground;
  readonly one: Attached;
  readonly two: Attached;
  /** Folder by a name for people. */
  readonly contexts: Readonly<Record<string, string>>;
}

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
    const [a, b] = ['a', 'b'].map((name) => playground.builder(name).address);
    const pair = `${a ?? ''} platforms=linux/amd64\n${b ?? ''} platforms=linux/arm64`;
    const one = await attach(playground, folder, a ?? '');
    const two = await attach(playground, folder, pair);
    const contexts = {
      example: resolve('examples/orders'),
      'five stages': await fiveStages(folder),
    };
    return await measured({ folder, playground, one, two, contexts });
  } finally {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(ground: Ground): Promise<BenchResult> {
  const medians: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  const add = (name: string, ms: number): number => {
    medians[`${name}, ms`] = rounded(ms);
    return ms;
  };
  for (const [name, context] of Object.entries(ground.contexts)) {
    const task = (more = {}) => byTask(ground, context, more);
    const raw = (nonce?: string) => byBuildx(ground, context, nonce);
    add(`${name}, first build`, await timed(task));
    await raw();
    const cached = await inTurns(cachedRounds, task, raw);
    const [ours, theirs] = cached.map((times, at) =>
      add(`${name}, cached, ${at === 0 ? 'task' : 'buildx'}`, median(times)),
    );
    medians[`${name}, cached, task over buildx, ms`] = rounded((ours ?? NaN) - (theirs ?? NaN));
    ratios[`${name}, cached, task / buildx`] = rounded((ours ?? NaN) / (theirs ?? NaN));
  }
  const five = ground.contexts['five stages'] ?? '';
  let nonce = 0;
  const fresh = (): string => String((nonce += 1));
  const [ours = [], theirs = []] = await inTurns(
    coldRounds,
    () => byTask(ground, five, { buildArgs: `NONCE=${fresh()}` }),
    () => byBuildx(ground, five, fresh()),
  );
  const cold = add('five stages, cold, task', median(ours));
  ratios['five stages, cold, task / buildx'] = rounded(
    cold / add('five stages, cold, buildx', median(theirs)),
  );
  const buildah = await timed(() => byBuildah(ground, five));
  ratios['five stages, cold, task / buildah'] = rounded(
    cold / add('five stages, cold, buildah', buildah),
  );
  for (const [name, context] of Object.entries(ground.contexts)) {
    const [warm, without] = await onFreshDaemon(ground, context);
    const base = add(`${name}, fresh daemon without cache`, without);
    ratios[`${name}, fresh daemon, cache / none`] = rounded(
      add(`${name}, fresh daemon with cache`, warm) / base,
    );
  }
  const fanned = await fanOut(ground, five, fresh);
  ratios['five stages, two platforms, two daemons / one'] = rounded(
    add('five stages, two daemons', fanned.two) / add('five stages, one daemon', fanned.one),
  );
  const version = (await execa('podman', ['--version'])).stdout;
  return {
    conditions: {
      ...machineConditions(),
      ...{ 'cached rounds': cachedRounds, 'cold rounds': coldRounds, goals },
      ...{ buildah: `through "podman build", ${version}`, kaniko: noKaniko },
    },
    medians,
    ratios,
  };
}

async function inTurns(
  rounds: number,
  ...works: readonly (() => Promise<unknown>)[]
): Promise<readonly (readonly number[])[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) times[at]?.push(await timed(work));
  }
  return times;
}

function byTask(
  { playground, one }: Ground,
  context: string,
  more: Readonly<Record<string, string>> = {},
  builder = one,
): Promise<string> {
  const repository = `${playground.registry('plain').host}/task`;
  const env = { ...builder.environment, BUILD_SOURCESDIRECTORY: context, SIGNING_KEY: 'k' };
  const inputs = { repository, tags: '1', secrets: 'signing_key=env:SIGNING_KEY', ...more };
  return runTask('BuildxMultiArch', inputs, env);
}

/** The same arguments as the task gives. */
async function byBuildx(
  { playground, one, folder }: Ground,
  context: string,
  nonce?: string,
): Promise<void> {
  const tag = `${playground.registry('plain').host}/buildx:1`;
  const args = [
    ...['build', '--builder', one.name, '--progress=rawjson', '--metadata-file', join(folder, 'm')],
    ...(nonce === undefined ? [] : ['--build-arg', `NONCE=${nonce}`]),
    ...['--build-arg', 'BUILDKIT_CACHE_MOUNT_NS=bench/raw/own'],
    ...['--secret', 'id=signing_key,env=SIGNING_KEY', '--provenance=mode=min', '--sbom=false'],
    ...['--tag', tag, '--output', 'type=image,push=true,unpack=false', context],
  ];
  await execa('buildx', args, { env: { ...one.environment, SIGNING_KEY: 'k' } });
}

/** Without any cache, as on a fresh agent. */
async function byBuildah({ playground }: Ground, context: string): Promise<void> {
  const args = ['build', '--no-cache', '--tag', 'localhost/bench', context];
  await execa('podman', args, { env: playground.environment });
}

/** With the cache repository that was filled before, and without one; the daemon is emptied before each. */
async function onFreshDaemon(ground: Ground, context: string): Promise<readonly [number, number]> {
  const { playground, one } = ground;
  const cache = { cacheRepository: `${playground.registry('plain').host}/cache` };
  const prune = () =>
    execa('buildx', ['prune', '--builder', one.name, '--all', '--force'], { env: one.environment });
  await byTask(ground, context, cache);
  await prune();
  const warm = await timed(() => byTask(ground, context, cache));
  await prune();
  return [warm, await timed(() => byTask(ground, context))];
}

async function fanOut(
  ground: Ground,
  context: string,
  fresh: () => string,
): Promise<{ readonly one: number; readonly two: number }> {
  const inputs = { platforms: 'linux/amd64,linux/arm64', strategy: 'perPlatform' };
  const build = (builder: Attached) => () =>
    byTask(ground, context, { ...inputs, buildArgs: `NONCE=${fresh()}` }, builder);
  await timed(build(ground.two));
  const [one = [], two = []] = await inTurns(1, build(ground.one), build(ground.two));
  return { one: median(one), two: median(two) };
}
