import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import { agentNodes } from '../agent-nodes.ts';
import { makeRootFileSystem } from '../images/root-file-system.ts';
import { plainUserName } from '../setup/plain-user.ts';
import { architectures } from '../toolchain/architecture.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { type PodmanHost, packages } from './hosts.ts';

/** Of processes, mounts and networks, so that nothing of it is left, and nothing outside is met. */
const namespaces = ['--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child'];

/** Runs files of end-to-end tests on the Podman of another distribution. @returns mocha's exit code */
export async function testOnHost(host: PodmanHost, files: readonly string[]): Promise<number> {
  if (process.getuid?.() !== 0) {
    const what = 'Only root may make namespaces and mounts for another root file system.';
    throw new UserError([{ what, change: 'Run it with sudo.' }]);
  }
  const root = await provideRoot(host);
  const node = agentNodes().at(-1)?.path ?? process.execPath;
  const mocha = [node, resolve('node_modules/.bin/mocha'), '--timeout', '300000', ...files];
  // Node does not wait for orphans, and a container's first process cannot end while one of its others is a zombie.
  const told = ['catatonit', '--', 'sh', '-c', 'podman --version && exec "$@"', 'sh', ...mocha];
  const enter = resolve('scripts/lib/podman-hosts/enter');
  const folders = [process.cwd(), cacheFolder()];
  const argv = [...namespaces, enter, root, host.cgroups, ...folders, '--', ...told];
  const env = { PATH: `${dirname(node)}:/usr/sbin:/usr/bin:/sbin:/bin` };
  const { exitCode } = await execa('unshare', argv, { env, stdio: 'inherit', reject: false });
  return exitCode ?? 1;
}

/** Made once, in a minute. */
async function provideRoot({ suite, sources }: PodmanHost): Promise<string> {
  const root = join(cacheFolder(), 'podman-hosts', suite);
  if (existsSync(join(root, 'made'))) return root;
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  console.log(`${suite} is made in ${root}.`);
  const recipe = [
    ...['--variant=minbase', `--include=${packages.join(',')}`],
    `--customize-hook=chroot "$1" useradd --create-home ${plainUserName}`,
    '--customize-hook=touch "$1/made"',
  ];
  await makeRootFileSystem(recipe, architectures().native, root, suite, sources);
  return root;
}
