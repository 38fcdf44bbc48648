import { join } from 'node:path';
import { execa } from 'execa';
import { startBuilder } from '../playground/builder.ts';
import { removeLeftovers } from '../playground/leftovers.ts';
import { takeOwnership } from '../playground/ownership.ts';
import { requireRoot } from '../playground/permission.ts';
import { startRegistry } from '../playground/registry.ts';
import { RunningParts } from '../playground/running-parts.ts';
import { toolPath } from '../toolchain/tool-path.ts';

const buildLimit = 20 * 60_000;

/** Builds images and pushes them to the mirror's storage. */
export interface Workshop {
  /**
   * @param context folder with the Dockerfile and all it needs
   * @param references image names as users write them, such as `busybox:1`
   * @param platforms such as `linux/amd64`
   * @throws Error with the build's last lines
   */
  build(
    context: string,
    references: readonly string[],
    platforms: readonly string[],
  ): Promise<void>;
}

/** Runs work with a builder and a registry that writes to the mirror's storage; nothing stays of both. */
export async function withWorkshop<T>(
  stateDir: string,
  storageDir: string,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  requireRoot();
  const release = await takeOwnership(stateDir);
  const running = new RunningParts();
  try {
    await removeLeftovers(stateDir);
    return await work(await open(stateDir, storageDir, running));
  } finally {
    await running.stop();
    await removeLeftovers(stateDir);
    await release();
  }
}

async function open(
  stateDir: string,
  storageDir: string,
  running: RunningParts,
): Promise<Workshop> {
  const registry = await startRegistry({ name: 'mirror', stateDir, storageDir });
  running.add(registry.daemon);
  const mirrorHost = `127.0.0.1:${registry.port}`;
  const root = join(stateDir, 'run', 'root');
  const plan = { name: 'workshop', stateDir, root, mirrorHost, registries: [] };
  const builder = await startBuilder(plan);
  running.add(builder);
  return {
    build: (context, references, platforms) => {
      const names = references.map((reference) => `${mirrorHost}/library/${reference}`);
      return build(builder.address, context, names, platforms);
    },
  };
}

async function build(
  address: string,
  context: string,
  names: readonly string[],
  platforms: readonly string[],
): Promise<void> {
  const argv = ['--addr', address, 'build', '--frontend', 'dockerfile.v0', '--progress', 'plain'];
  argv.push('--local', `context=${context}`, '--local', `dockerfile=${context}`);
  argv.push('--opt', `platform=${platforms.join(',')}`);
  argv.push('--output', `type=image,"name=${names.join(',')}",push=true`);
  // An empty Docker configuration: the user's own could name a credential helper that is not there.
  const options = { env: { DOCKER_CONFIG: context }, all: true, reject: false } as const;
  const result = await execa(toolPath('buildctl'), argv, { ...options, timeout: buildLimit });
  if (result.exitCode === 0) return;
  const lines = (result.all || result.message || '').split('\n').slice(-20).join('\n  ');
  throw new Error(`The build of ${names.join(', ')} failed:\n  ${lines}`);
}
