import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFullNote } from './disk-space.ts';
import { inheritedEnvironment } from './inherited-environment.ts';
import { lastLines, logText } from './log-file.ts';
import { descendantNamed } from './process-table.ts';

/** The variable in every process of a playground: its value is the state folder. */
export const marker = 'DAEMONLESS_PLAYGROUND';

const usualReadyLimit = 30_000;
const stopGrace = 2_000;
const killLimit = 5_000;
const pollPause = 25;
const init = 'catatonit';

/** One long-running program. */
export interface DaemonPlan {
  /** As people know it, such as `registry "main"`. */
  readonly title: string;
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly stateDir: string;
  /** Its output goes to `stateDir/logs/NAME.log`, which stays after the end. */
  readonly logName: string;
  /** In process and mount namespaces of its own: the kernel ends and unmounts all it made with it. */
  readonly isolated: boolean;
  /** What the log says once the daemon listens. */
  readonly ready: RegExp;
  /** How long that may take, in ms; 30 s without it. */
  readonly readyLimit?: number;
}

export interface Daemon {
  /** The id of the program's own process. */
  readonly pid: number;
  /** SIGTERM, 2 s later SIGKILL; a second call does nothing. */
  stop(): Promise<void>;
}

/** The address was taken between choosing and listening: another one may do. */
export class AddressInUseError extends Error {}

/**
 * Starts a daemon and waits until it listens. It has a session of its own, so that Ctrl+C reaches only
 * us, and the kernel kills it when we die, however we die.
 * @throws AddressInUseError, or Error with the last lines of its log when it ends or takes too long.
 */
export async function startDaemon(plan: DaemonPlan): Promise<Daemon> {
  const child = spawnDetached(plan);
  try {
    await waitUntilReady(plan, child);
    const pid = descendantNamed(child.pid ?? 0, basename(plan.argv[0]).slice(0, 15));
    if (pid === undefined)
      throw new Error(`${plan.title} ended at once. ${lastLines(logFile(plan))}`);
    return { pid, stop: () => end(child, pid) };
  } catch (error) {
    await end(child, undefined);
    throw error;
  }
}

function spawnDetached(plan: DaemonPlan): ChildProcess {
  mkdirSync(join(plan.stateDir, 'logs'), { recursive: true, mode: 0o700 });
  const log = openSync(logFile(plan), 'w', 0o600);
  const namespaces = ['unshare', '--pid', '--mount', '--mount-proc', '--fork', '--kill-child=KILL'];
  const isolation = plan.isolated ? [...namespaces, '--', init, '--'] : [];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...isolation, ...plan.argv], {
    detached: true,
    env: { ...inheritedEnvironment(), ...plan.environment, [marker]: plan.stateDir },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  return child;
}

async function waitUntilReady(plan: DaemonPlan, child: ChildProcess): Promise<void> {
  const { readyLimit = usualReadyLimit } = plan;
  const end = Date.now() + readyLimit;
  while (!plan.ready.test(logText(logFile(plan)))) {
    if (hasEnded(child)) throw failure(plan, 'ended before it listened');
    if (Date.now() > end) throw failure(plan, `did not listen within ${readyLimit / 1000} s`);
    await sleep(pollPause);
  }
}

function logFile(plan: DaemonPlan): string {
  return join(plan.stateDir, 'logs', `${plan.logName}.log`);
}

function failure(plan: DaemonPlan, what: string): Error {
  const log = logText(logFile(plan));
  const text = `${plan.title} ${what}. ${lastLines(logFile(plan))}`;
  if (/address already in use/.test(log)) return new AddressInUseError(text);
  return new Error([text, diskFullNote(log, plan.stateDir)].filter(Boolean).join('\n'));
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, pid: number | undefined): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const ended = once(child, 'exit');
  if (pid !== undefined) {
    signal(pid, 'SIGTERM');
    await Promise.race([ended, sleep(stopGrace, undefined, { ref: false })]);
  }
  if (!hasEnded(child)) signal(firstOf(child), 'SIGKILL');
  // Only a process that the kernel itself cannot end outlasts this limit.
  await Promise.race([ended, sleep(killLimit, undefined, { ref: false })]);
  child.unref();
}

/**
 * The first process of the namespace: once it is gone, all that ran in it is. Its parent, killed, would be gone before.
 * Where there is no namespace, the program itself.
 */
function firstOf({ pid = 0 }: ChildProcess): number {
  return descendantNamed(pid, init) ?? pid;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}
