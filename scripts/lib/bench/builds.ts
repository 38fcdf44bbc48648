import { join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Playground } from '../playground/options.ts';
import { toolPath } from '../toolchain/tool-path.ts';
import { type Attached, agentNode, runTask, timed } from './build-ground.ts';

/** What the measures of builds share. */
export interface Ground {
  readonly folder: string;
  readonly playground: Playground;
  readonly one: Attached;
  readonly two: Attached;
}

/** Milliseconds of each work, by turns, so that what else the machine does meets all alike. */
export async function inTurns(
  rounds: number,
  ...works: readonly (() => Promise<unknown>)[]
): Promise<readonly (readonly number[])[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) times[at]?.push(await timed(work));
  }
  return times;
}

/** Through the whole task, on the builder of one daemon unless told otherwise. */
export function byTask(
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

/** By buildx with the arguments that the task gives. */
export async function byBuildx(
  { playground, one, folder }: Ground,
  context: string,
  isCold = false,
): Promise<void> {
  const tag = `${playground.registry('plain').host}/buildx:1`;
  const args = [
    ...['build', '--builder', one.name, '--progress=rawjson', '--metadata-file', join(folder, 'm')],
    ...(isCold ? ['--no-cache'] : []),
    ...['--build-arg', 'BUILDKIT_CACHE_MOUNT_NS=bench/raw/own'],
    ...['--secret', 'id=signing_key,env=SIGNING_KEY', '--provenance=mode=min', '--sbom=false'],
    ...['--tag', tag, '--output', 'type=image,push=true,unpack=false', context],
  ];
  await execa(toolPath('buildx'), args, { env: { ...one.environment, SIGNING_KEY: 'k' } });
}

/** What no task can do without: a step that finds nothing to do, here a post-job step without a record. */
export async function byIdleStep({ folder }: Ground): Promise<void> {
  const env = { AGENT_TEMPDIRECTORY: folder, AGENT_VERSION: '4.265.1' };
  await execa(agentNode().path, [resolve('tasks/BuildxMultiArch/dist/cleanup.cjs')], { env });
}

/** Without any cache, as on a fresh agent. */
export async function byBuildah({ playground }: Ground, context: string): Promise<void> {
  // Neither runc nor crun starts containers wherever there is no cgroup to give.
  const args = [
    ...[
      'build',
      '--isolation',
      'chroot',
      '--no-cache',
      '--secret',
      'id=signing_key,env=SIGNING_KEY',
    ],
    ...['--tag', 'localhost/bench', context],
  ];
  const env = { ...playground.environment, SIGNING_KEY: 'k' };
  await execa('buildah', args, { env });
}

/** With the cache repository that was filled before, and without one; the daemon is emptied before each. */
export async function onFreshDaemon(
  ground: Ground,
  context: string,
): Promise<Readonly<Record<string, number>>> {
  const { playground, one } = ground;
  const cache = { cacheRepository: `${playground.registry('plain').host}/cache` };
  const prune = () =>
    execa(toolPath('buildx'), ['prune', '--builder', one.name, '--all', '--force'], {
      env: one.environment,
    });
  await byTask(ground, context, cache);
  await prune();
  const warm = await timed(() => byTask(ground, context, cache));
  await prune();
  const without = await timed(() => byTask(ground, context));
  return { 'with cache': warm, without };
}
