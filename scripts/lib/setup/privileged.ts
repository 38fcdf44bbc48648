import { execa } from 'execa';

/**
 * What to put before a command to run it as root: nothing for root itself, `sudo -n` where it asks for no
 * password; undefined when neither is permitted.
 */
export async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = await execa('sudo', ['-n', 'true'], { reject: false, timeout: 5_000 });
  return sudo.exitCode === 0 ? ['sudo', '-n'] : undefined;
}

/** What a command that ended badly said: its last lines, for an error message. */
export interface CommandResult {
  readonly ok: boolean;
  readonly lastLines: string;
}

/** Runs a command whose output nobody needs unless it fails; never rejects. */
export async function runQuietly(argv: readonly string[], limit: number): Promise<CommandResult> {
  const [command = '', ...rest] = argv;
  const result = await execa(command, rest, {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: limit,
  });
  const text = result.timedOut ? `${result.all}\nstopped after ${limit / 1000} s` : result.all;
  const lines = (text || result.message || '').trimEnd().split('\n').slice(-12);
  return { ok: result.exitCode === 0, lastLines: lines.join('\n  ') };
}
