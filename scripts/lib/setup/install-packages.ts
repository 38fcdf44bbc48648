import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import { reportingProgress, type Log } from '../progress.ts';
import { rootPrefix, runQuietly } from './privileged.ts';
import {
  describePackages,
  installCommand,
  missingPackages,
  packagesOf,
} from './system-packages.ts';

const limit = 15 * 60_000;

/**
 * Installs the system packages that are missing; asks apt for nothing when none is.
 * @throws UserError with the list of what is missing and the command, when we may not or cannot install
 */
export async function installMissingPackages(log: Log): Promise<void> {
  const missing = await findMissing();
  if (missing.length === 0) return;
  const root = await rootPrefix();
  if (root === undefined) throw notPermitted(missing);
  log(`installing ${missing.length} system packages with apt, about a minute:`);
  log(describePackages(missing));
  await reportingProgress(log, 'installing system packages', install(root, missing));
}

async function findMissing(): Promise<string[]> {
  const wanted = packagesOf(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const format = '${Package} ${db:Status-Status}\\n';
  const result = await execa('dpkg-query', ['--show', `--showformat=${format}`, ...wanted], {
    reject: false,
    timeout: 10_000,
  });
  if (result.code === 'ENOENT') throw notDebian();
  return missingPackages(wanted, result.stdout);
}

async function install(root: readonly string[], packages: readonly string[]): Promise<void> {
  const apt = [...root, 'apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  const steps = [
    // Completes an installation that was killed half-way.
    [...root, 'dpkg', '--configure', '-a'],
    [...apt, 'update'],
    [...apt, 'install', '--yes', '--no-install-recommends', ...packages],
  ];
  for (const argv of steps) {
    const { ok, lastLines } = await runQuietly(argv, limit);
    if (!ok) throw failed(argv, lastLines, packages);
  }
}

function notDebian(): UserError {
  const what = 'Set-up was expected to run on Debian or Ubuntu, but there is no dpkg-query.';
  return new UserError([{ what, change: 'Use a Debian 12 machine or container.' }]);
}

function notPermitted(missing: readonly string[]): UserError {
  const what = `These system packages are missing, and installing them needs root or sudo without a password:\n${describePackages(missing)}`;
  return new UserError([
    { what, change: `\nRun this, then the same again: ${installCommand(missing)}` },
  ]);
}

function failed(argv: readonly string[], lines: string, packages: readonly string[]): UserError {
  const what = `"${argv.join(' ')}" failed:\n  ${lines}`;
  return new UserError([
    { what, change: `\nMend what it reports, or install by hand: ${installCommand(packages)}` },
  ]);
}
