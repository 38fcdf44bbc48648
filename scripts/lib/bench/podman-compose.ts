import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { toolchainFolder } from '../toolchain/tools.ts';

const requirements = join(toolchainFolder, 'podman-compose.txt');

/** What the benchmark of services compares with; no test needs it, so set-up leaves it out. */
export interface PodmanCompose {
  readonly version: string;
  /** Absolute path of the program. */
  readonly path: string;
}

/**
 * podman-compose at its pinned version, from PyPI, in a virtual environment in the cache.
 * @throws UserError when this machine's Python makes no such environment
 */
export async function providePodmanCompose(cache = cacheFolder()): Promise<PodmanCompose> {
  const pinned = /^podman-compose==(\S+)$/m.exec(await readFile(requirements, 'utf8'));
  const version = pinned?.[1] ?? '';
  const folder = join(cache, 'bin', `podman-compose-${version}`);
  const path = join(folder, 'bin', 'podman-compose');
  if (!existsSync(path)) await install(folder);
  return { version, path };
}

/** Scripts of the environment name its folder, so it cannot be made elsewhere and moved. */
async function install(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const made = await execa('python3', ['-m', 'venv', folder], { reject: false, all: true });
  if (made.exitCode !== 0) {
    const what = `podman-compose needs a virtual environment of Python. ${made.all.trim()}`;
    throw new UserError([{ what, change: 'Run apt-get install python3-venv.' }]);
  }
  const pip = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
  const result = await execa(join(folder, 'bin', 'python'), pip, { reject: false, all: true });
  if (result.exitCode === 0) return;
  const what = `podman-compose could not be installed. ${result.all.trim()}`;
  throw new UserError([{ what, change: 'Let this machine reach PyPI.' }]);
}
