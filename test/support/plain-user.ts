import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { registriesConf } from '../../scripts/lib/playground/podman-config.ts';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { plainUser } from '../../scripts/lib/setup/plain-user.ts';

/** A user without root who has Podman to itself. */
export interface PlainUser {
  readonly uid: number;
  readonly gid: number;
  /** Runs what follows as that user. */
  readonly launcher: readonly string[];
  /** Home, run-time folder and Podman's configuration; docker.io comes through the playground's mirror. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** What keeps tests from running as a plain user here; undefined when nothing does. */
export async function reasonAgainstPlainUser(): Promise<string | undefined> {
  const ids = plainUser();
  if (ids === undefined) return 'set-up has not made the user of the tests without root';
  const look = ['test', '-r', 'package.json', '-a', '-x', process.execPath];
  const { exitCode } = await execa('setpriv', [...identity(ids), ...look], { reject: false });
  return exitCode === 0 ? undefined : 'that user may not read this folder, or not run this Node';
}

/** @throws Error when `reasonAgainstPlainUser` has one */
export async function startPlainUser(
  playground: Playground,
  registries: readonly { readonly name: string }[],
): Promise<PlainUser> {
  const ids = plainUser();
  if (ids === undefined) throw new Error('there is no plain user');
  const known = registries.map(({ name }) => playground.registry(name));
  // Short: Podman cannot clean up below a run root of more than 50 characters.
  const folder = await mkdtemp(join(tmpdir(), 'plain-'));
  const file = (name: string): string => join(folder, name);
  for (const name of ['home', 'run']) await mkdir(file(name), { mode: 0o700 });
  await writeFile(file('registries.conf'), registriesConf(playground.mirrorHost, known));
  const storage = `[storage]\ndriver = "overlay"\ngraphroot = "${file('home/storage')}"\nrunroot = "${file('run/c')}"\n`;
  await writeFile(file('storage.conf'), storage);
  for (const name of ['', 'home', 'run', 'registries.conf', 'storage.conf']) {
    await chown(file(name), ids.uid, ids.gid);
  }
  const environment = {
    PATH: playground.environment['PATH'] ?? '',
    // By its marker the playground ends what is left, such as Podman's pause process.
    DAEMONLESS_PLAYGROUND: playground.environment['DAEMONLESS_PLAYGROUND'] ?? '',
    HOME: file('home'),
    XDG_RUNTIME_DIR: file('run'),
    CONTAINERS_REGISTRIES_CONF: file('registries.conf'),
    CONTAINERS_STORAGE_CONF: file('storage.conf'),
  };
  const launcher = ['setpriv', ...identity(ids)];
  const remove = async (): Promise<void> => {
    await execa('setpriv', [...identity(ids), 'podman', 'system', 'migrate'], {
      ...{ env: environment, cwd: folder, reject: false },
    });
    await rm(folder, { recursive: true, force: true });
  };
  return { ...ids, launcher, environment, remove };
}

function identity({ uid, gid }: { readonly uid: number; readonly gid: number }): string[] {
  return ['--reuid', String(uid), '--regid', String(gid), '--init-groups', '--'];
}
