import { readFileSync } from 'node:fs';
import type { Log } from '../progress.ts';
import { rootPrefix, runQuietly } from './privileged.ts';

/** Runs Podman without root in the tests. */
export const plainUserName = 'daemonless-tests';

const limit = 20_000;
/** Readable and writable for all, as udev has them where it runs (50-udev-default.rules). */
const devices = ['/dev/net/tun', '/dev/fuse'];

/** Ids of a user of this machine. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** The tests' plain user; undefined when set-up could not make it. */
export function plainUser(): UserIds | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${plainUserName}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined
    ? undefined
    : { uid: Number(uid), gid: Number(gid) };
}

/** Makes the user with ids for its containers, and opens the devices that these need; says why it cannot. */
export async function providePlainUser(log: Log): Promise<void> {
  const root = await rootPrefix();
  if (root === undefined) {
    log('tests of Podman without root are left out: making their user needs root or sudo');
    return;
  }
  const steps = [
    ...(plainUser() === undefined ? [['useradd', '--create-home', plainUserName]] : []),
    ...(hasIds() ? [] : [idsCommand()]),
    ['chmod', '666', ...devices],
  ];
  for (const step of steps) {
    const { ok, lastLines } = await runQuietly([...root, ...step], limit);
    if (!ok) log(`tests of Podman without root may fail: ${step.join(' ')}: ${lastLines}`);
  }
}

/** useradd has given some where login.defs says so. */
function hasIds(): boolean {
  return ['/etc/subuid', '/etc/subgid'].every((file) =>
    textOf(file)
      .split('\n')
      .some((line) => line.startsWith(`${plainUserName}:`)),
  );
}

function idsCommand(): readonly string[] {
  const ends = `${textOf('/etc/subuid')}\n${textOf('/etc/subgid')}`.split('\n').map((line) => {
    const [, from = 0, count = 0] = line.split(':').map(Number);
    return from + count;
  });
  const from = Math.max(100_000, ...ends);
  const range = `${from}-${from + 65_535}`;
  return ['usermod', '--add-subuids', range, '--add-subgids', range, plainUserName];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
