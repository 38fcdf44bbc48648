import { existsSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import type { Log } from '../progress.ts';
import type { Architecture } from '../toolchain/architecture.ts';
import { rootPrefix, runQuietly } from './privileged.ts';

const registerFile = '/proc/sys/fs/binfmt_misc/register';
const limit = 10_000;

/** QEMU's own names of the architectures. */
const qemuNames: Readonly<Record<Architecture, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/**
 * Makes the kernel run programs of a foreign architecture with QEMU: the registration that Debian's
 * package brings, for machines without systemd to do it.
 * @returns false, after saying what to do, when this machine does not let us
 */
export async function provideEmulation(foreign: Architecture, log: Log): Promise<boolean> {
  if (await runs(foreign)) return true;
  const problem = await register(foreign);
  if (problem === undefined && (await runs(foreign))) return true;
  const name = qemuNames[foreign];
  log(`images for ${foreign} cannot be made or run here: ${problem ?? 'QEMU does not start'}`);
  log(`  To change it: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc;`);
  log(`  sudo sh -c 'cat /usr/lib/binfmt.d/qemu-${name}.conf > ${registerFile}'`);
  return false;
}

async function runs(architecture: Architecture): Promise<boolean> {
  return (await runQuietly(['arch-test', architecture], limit)).ok;
}

/** @returns what stood in the way, or undefined */
async function register(foreign: Architecture): Promise<string | undefined> {
  const root = await rootPrefix();
  if (root === undefined) return 'registering QEMU needs root or sudo without a password';
  const file = `/usr/lib/binfmt.d/qemu-${qemuNames[foreign]}.conf`;
  if (!existsSync(file)) return `${file} is not there`;
  if (!existsSync(registerFile)) {
    const mount = ['mount', '-t', 'binfmt_misc', 'binfmt_misc', '/proc/sys/fs/binfmt_misc'];
    const { ok, lastLines } = await runQuietly([...root, ...mount], limit);
    if (!ok) return lastLines;
  }
  return write([...root, 'tee', registerFile], readFileSync(file, 'utf8').trim());
}

async function write(argv: readonly string[], text: string): Promise<string | undefined> {
  const [command = '', ...rest] = argv;
  const result = await execa(command, rest, { input: text, reject: false, timeout: limit });
  return result.exitCode === 0 ? undefined : result.stderr;
}
