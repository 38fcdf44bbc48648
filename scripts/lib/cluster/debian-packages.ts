import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import { reportingProgress, type Log } from '../progress.ts';

/** Debian's own packages that the node and its images are made of. Unpacked, not installed: nobody else needs them. */
const packages = ['containerd', 'containernetworking-plugins', 'busybox-static'];
const limit = 5 * 60_000;

/**
 * The folder with the packages unpacked, fetched with apt the first time: apt chooses the version and
 * verifies it.
 * @throws UserError with apt's last lines
 */
export async function provideDebianPackages(cache: string, log: Log): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const key = createHash('sha256').update(JSON.stringify([release, packages]));
  const target = join(cache, 'cluster', `debian-${key.digest('hex').slice(0, 12)}`);
  if (existsSync(target)) return target;
  log(`fetching ${packages.join(', ')} from Debian: half a minute the first time`);
  await mkdir(join(cache, 'cluster'), { recursive: true });
  const folder = await mkdtemp(join(cache, 'cluster', 'debian.'));
  try {
    await reportingProgress(log, "fetching Debian's packages", fetchInto(folder));
    await rename(join(folder, 'unpacked'), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return target;
}

async function fetchInto(folder: string): Promise<void> {
  const asRoot = ['-o', 'APT::Sandbox::User=root'];
  await run(['apt-get', ...asRoot, 'update'], folder);
  await run(['apt-get', ...asRoot, 'download', ...packages], folder);
  for (const file of await readdir(folder)) {
    if (file.endsWith('.deb')) await run(['dpkg', '-x', file, 'unpacked'], folder);
  }
}

async function run([file = '', ...args]: readonly string[], cwd: string): Promise<void> {
  const result = await execa(file, args, { cwd, all: true, reject: false, timeout: limit });
  if (result.exitCode === 0) return;
  const lines = (result.all || result.message || '').split('\n').slice(-10).join('\n  ');
  const what = `"${[file, ...args].join(' ')}" failed:\n  ${lines}`;
  throw new UserError([{ what, change: '\nMend what it reports, then run the same again.' }]);
}
