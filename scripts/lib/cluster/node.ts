import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { lastLines } from '../playground/log-file.ts';
import { marker } from '../playground/daemon.ts';
import { descendantNamed } from '../playground/process-table.ts';
import type { ClusterNames } from './addresses.ts';
import { waitFor } from './wait-for.ts';

const script = fileURLToPath(new URL('hold-node.sh', import.meta.url));
const commandLimit = 10_000;
const startLimitSeconds = 10;
const stopLimit = 30_000;

/** The namespaces of a cluster's node. */
export interface Node {
  /** Before an argv: runs it inside the node. */
  readonly launcher: readonly string[];
  /** Before an argv: runs it on the node's network, with the machine's files. */
  readonly network: readonly string[];
  /** Ends all processes of the node; returns once nothing of it is left on the machine, the state folder included. */
  stop(): Promise<void>;
}

/** Where the node's programs lie on this machine. */
export interface NodePrograms {
  /** Folder of the program `kubernetes`. */
  readonly kubernetes: string;
  /** Folder of Debian's packages, unpacked. */
  readonly debian: string;
}

/**
 * Makes a node without any program in it, connected to the host by a cable.
 * @param stateDir is `/run/cluster` inside; it is removed with the node
 * @throws Error with the last lines of the log
 */
export async function openNode(
  stateDir: string,
  names: ClusterNames,
  { kubernetes, debian }: NodePrograms,
): Promise<Node> {
  const file = join(stateDir, 'node.log');
  const log = openSync(file, 'w', 0o600);
  const keeper = spawn('sh', [script, stateDir, names.cgroup, names.link, kubernetes, debian], {
    detached: true,
    env: { PATH: process.env['PATH'], [marker]: stateDir },
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  try {
    const pid = await firstProcess(keeper, file);
    await connect(pid, names);
    const enter = ['nsenter', '--target', String(pid), '--net'];
    return {
      launcher: [...enter, '--mount', '--pid', '--ipc', '--uts', '--wd=/', '--'],
      network: [...enter, '--'],
      stop: () => stop(keeper),
    };
  } catch (error) {
    await stop(keeper);
    throw error;
  }
}

async function firstProcess(keeper: ChildProcess, log: string): Promise<number> {
  let pid: number | undefined;
  await waitFor('the namespaces of the node', startLimitSeconds, () => {
    pid = descendantNamed(keeper.pid ?? 0, 'catatonit');
    return pid !== undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)} ${lastLines(log)}`);
  });
  return pid ?? 0;
}

async function connect(pid: number, names: ClusterNames): Promise<void> {
  const { link, hostAddress, nodeAddress } = names;
  const inside = ['nsenter', '--target', String(pid), '--net', '--mount', '--'];
  for (const argv of [
    ['ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)],
    ['ip', 'address', 'add', `${hostAddress}/30`, 'dev', link],
    ['ip', 'link', 'set', link, 'up'],
    [...inside, 'ip', 'address', 'add', `${nodeAddress}/30`, 'dev', 'eth0'],
    [...inside, 'ip', 'link', 'set', 'eth0', 'up'],
    [...inside, 'ip', 'route', 'add', 'default', 'via', hostAddress],
    [...inside, 'sysctl', '-w', 'net.ipv4.ip_forward=1'],
    [...inside, 'sysctl', '-w', 'net.bridge.bridge-nf-call-iptables=1'],
  ]) {
    const [file = '', ...args] = argv;
    await execa(file, args, { timeout: commandLimit });
  }
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const ended = once(keeper, 'exit', { signal: AbortSignal.timeout(stopLimit) });
  keeper.stdin?.end();
  await ended;
}
