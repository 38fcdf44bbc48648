import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Builder } from '../playground/options.ts';
import { startBuilder } from '../playground/builder.ts';
import { toolPath } from '../toolchain/tool-path.ts';
import { type Policy, type SimulatedBuild, choose } from './simulate-routing.ts';

/** Real daemons by name, each with a buildx builder of the same name. */
export interface RealReplicas {
  readonly names: readonly string[];
  /** Builds the repository's image there; whether its step came from the cache. */
  readonly build: (replica: string, repository: string) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** Starts daemons and attaches a private buildx to each. */
export async function startRealReplicas(folder: string, count: number): Promise<RealReplicas> {
  const names = Array.from({ length: count }, (_, number) => `replica-${number}`);
  const daemons: readonly Builder[] = await Promise.all(
    names.map((name) =>
      startBuilder({
        ...{ name, stateDir: folder, root: join(folder, name) },
        ...{ mirrorHost: 'localhost:1', registries: [] },
      }),
    ),
  );
  const store = join(folder, 'store');
  const env = { BUILDX_CONFIG: store, DOCKER_CONFIG: store };
  const buildx = (args: readonly string[]) => execa(toolPath('buildx'), args, { env, all: true });
  for (const [at, name] of names.entries()) {
    await buildx(['create', '--name', name, '--driver', 'remote', daemons[at]?.address ?? '']);
  }
  return {
    names,
    build: async (replica, repository) => {
      const context = await contextOf(folder, repository);
      const { all } = await buildx(['build', '--builder', replica, '--progress=plain', context]);
      return /^#\d+ CACHED$/m.test(all);
    },
    stop: async () => {
      await Promise.all(daemons.map((daemon) => daemon.stop()));
    },
  };
}

/** One build after the other, as the policy says; what `simulate` has to foretell. */
export async function buildForReal(
  policy: Policy,
  replicas: RealReplicas,
  builds: readonly SimulatedBuild[],
  random: () => number,
): Promise<readonly { readonly replica: string; readonly isHit: boolean }[]> {
  const candidates = replicas.names.map((name) => ({ name, isReady: true, runningBuilds: 0 }));
  const outcomes: { replica: string; isHit: boolean }[] = [];
  for (const { repository } of builds) {
    const replica = choose(policy, repository, candidates, 2, random) ?? '';
    const isHit = await replicas.build(replica, `${policy}-${repository}`);
    outcomes.push({ replica, isHit });
  }
  return outcomes;
}

async function contextOf(folder: string, repository: string): Promise<string> {
  const context = join(folder, 'contexts', repository);
  await mkdir(context, { recursive: true });
  await writeFile(join(context, 'file'), repository);
  await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY file /\n');
  return context;
}
