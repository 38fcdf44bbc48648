import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { type Daemon, startDaemon } from '../../scripts/lib/playground/daemon.ts';

/** A real SSH server on loopback, which lets one key in, as root. */
export interface SshServer extends Daemon {
  /** `root@127.0.0.1:PORT`. */
  readonly host: string;
  /** A folder with an `ssh` that knows the server's key and has the user's. */
  readonly client: string;
  /** The same of somebody with another key. */
  readonly stranger: string;
  /** The same of somebody who has never met the server. */
  readonly newcomer: string;
}

/** @param tools the PATH of commands there */
export async function startSshServer(folder: string, tools: string): Promise<SshServer> {
  const home = join(folder, 'home');
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  const port = await getPort({ host: '127.0.0.1' });
  const hostKey = await makeKey(folder, 'host');
  const [key, other] = [await makeKey(folder, 'key'), await makeKey(folder, 'other')];
  const command = `command="PATH=${tools}; $SSH_ORIGINAL_COMMAND"`;
  const authorized = join(home, '.ssh', 'authorized_keys');
  await writeFile(authorized, `${command} ${await publicKey(key)}`, { mode: 0o600 });
  await execa('dropbearconvert', ['openssh', 'dropbear', hostKey, `${hostKey}.dropbear`]);
  const known = join(folder, 'known_hosts');
  await writeFile(known, `[127.0.0.1]:${port} ${await publicKey(hostKey)}`);
  const daemon = await start(folder, home, `-r ${hostKey}.dropbear -p 127.0.0.1:${port}`);
  return {
    ...daemon,
    host: `root@127.0.0.1:${port}`,
    client: await sshWith(join(folder, 'client'), key, known),
    stranger: await sshWith(join(folder, 'stranger'), other, known),
    newcomer: await sshWith(join(folder, 'newcomer'), key, '/dev/null'),
  };
}

/** Root's home is another one in the mount namespace of the server, so that nobody's own keys are touched. */
async function start(folder: string, home: string, options: string): Promise<Daemon> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  const ours = join(folder, 'passwd');
  await writeFile(ours, passwd.replace(/^root:.*$/m, `root:x:0:0:root:${home}:/bin/sh`));
  const script = `mount --bind ${ours} /etc/passwd && dropbear -F -E -s ${options}; exit $?`;
  return startDaemon({
    ...{ title: 'the SSH server', argv: ['sh', '-c', script], environment: {}, isolated: true },
    ...{ stateDir: folder, logName: 'ssh', ready: /Not backgrounding/ },
  });
}

async function makeKey(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  return file;
}

function publicKey(file: string): Promise<string> {
  return readFile(`${file}.pub`, 'utf8');
}

/** ssh takes its settings from root's real home: this one names others, and is ssh in all else. */
async function sshWith(folder: string, key: string, known: string): Promise<string> {
  await mkdir(folder);
  const settings = `IdentityFile ${key}\nIdentitiesOnly yes\nUserKnownHostsFile ${known}\n`;
  await writeFile(join(folder, 'config'), settings);
  const { stdout: program } = await execa('sh', ['-c', 'command -v ssh']);
  const lines = ['#!/bin/sh', `exec ${program} -F ${join(folder, 'config')} "$@"`];
  await writeFile(join(folder, 'ssh'), `${lines.join('\n')}\n`);
  await chmod(join(folder, 'ssh'), 0o755);
  return folder;
}
