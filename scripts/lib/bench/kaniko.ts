import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Log } from '../progress.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { provideTools } from '../toolchain/provide-tools.ts';
import { toolPath } from '../toolchain/tool-path.ts';
import { toolNamed, toolVersion } from '../toolchain/tools.ts';
import { timed } from './build-ground.ts';
import type { Ground } from './builds.ts';

/** kaniko's executor, where this machine can have it. */
export interface Kaniko {
  readonly path?: string;
  /** For the conditions of a benchmark: what was measured, or why it was not. */
  readonly told: string;
}

const limitMs = 10 * 60_000;

/** Builds it with Go, ten minutes at most, where it is not there yet. */
export async function findKaniko(log: Log): Promise<Kaniko> {
  if (process.getuid?.() !== 0) {
    return { told: 'not measured: a root file system of its own takes root here' };
  }
  try {
    await provideTools([toolNamed('kaniko')], cacheFolder(), log);
  } catch (error) {
    return { told: `not measured: ${error instanceof Error ? error.message : String(error)}` };
  }
  const version = toolVersion(toolNamed('kaniko'));
  const told = `${version}, in a root file system of its own; without the example, as it has no RUN --mount=type=secret`;
  return { path: toolPath('kaniko'), told };
}

/**
 * Milliseconds of a build that is pushed to the plain registry. kaniko unpacks base images over its own root and empties that
 * between stages, so it gets one, with mounts that end with its process.
 * @throws Error of the program when the build fails
 */
export async function kanikoTime(
  { folder, playground }: Ground,
  context: string,
  executor: string,
): Promise<number> {
  const root = await rootWith(executor, context, folder);
  // Names of this machine are gone with the first stage's /etc/hosts.
  const registry = playground.registry('plain').host.replace('localhost', '127.0.0.1');
  const build = [
    ...['chroot', root, '/kaniko/executor'],
    ...buildArguments(registry, playground.mirrorHost),
  ];
  const argv = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', mounted, root, ...build];
  try {
    return await timed(() => execa('unshare', argv, { timeout: limitMs }));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function rootWith(executor: string, context: string, folder: string): Promise<string> {
  const root = await mkdtemp(join(folder, 'kaniko-'));
  for (const each of ['kaniko', 'workspace', 'proc', 'dev', 'etc']) await mkdir(join(root, each));
  await execa('cp', [executor, join(root, 'kaniko', 'executor')]);
  await execa('cp', ['--archive', `${context}/.`, join(root, 'workspace')]);
  return root;
}

/** What is mounted kaniko leaves alone: the context has to be. */
const mounted = [
  'set -e',
  'mount --make-rprivate /',
  'mount --bind "$0/workspace" "$0/workspace"',
  'mount -t proc proc "$0/proc"',
  'mount --rbind /dev "$0/dev"',
  'exec "$@"',
].join('\n');

function buildArguments(registry: string, mirror: string): readonly string[] {
  return [
    ...['--force', '--context', 'dir:///workspace', '--dockerfile', '/workspace/Dockerfile'],
    ...['--registry-mirror', mirror, '--insecure-registry', mirror, '--insecure-pull'],
    ...['--destination', `${registry}/kaniko:1`, '--insecure', '--skip-push-permission-check'],
  ];
}
