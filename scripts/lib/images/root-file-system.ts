import { dirname } from 'node:path';
import { execa } from 'execa';
import type { Architecture } from '../toolchain/architecture.ts';

const limit = 20 * 60_000;

// In namespaces of its own, so that the kernel ends and unmounts all of it when we are killed.
const dyingWithUs = [
  ...['--pdeathsig', 'KILL', '--', 'unshare', '--pid', '--mount', '--mount-proc', '--fork'],
  ...['--kill-child=KILL', '--'],
];

/**
 * Makes a Debian root file system, as a tar file or a folder. The host's own dpkg, its architectures and its package
 * lists stay untouched.
 * @param recipe mmdebstrap's arguments that say what goes in
 * @param sources of the suite; none: Debian's
 * @throws Error with the last lines of mmdebstrap when it fails
 */
export async function makeRootFileSystem(
  recipe: readonly string[],
  architecture: Architecture,
  target: string,
  suite = 'bookworm',
  sources: readonly string[] = [],
): Promise<void> {
  const argv = [...recipe, `--architectures=${architecture}`, suite, target, ...sources];
  const result = await execa('setpriv', [...dyingWithUs, 'mmdebstrap', ...argv], {
    env: { TMPDIR: dirname(target) },
    reject: false,
    timeout: limit,
    all: true,
  });
  if (result.exitCode === 0) return;
  const lines = (result.all || result.message || '').split('\n').slice(-15).join('\n  ');
  throw new Error(`mmdebstrap could not make ${target}:\n  ${lines}`);
}
