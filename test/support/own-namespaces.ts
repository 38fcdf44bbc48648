import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Namespaces of one's own, which several commands can enter one after the other. */
export interface OwnNamespaces {
  /** What to put before a command. */
  readonly launcher: readonly string[];
  remove(): void;
}

/**
 * Makes namespaces, such as `net` and `mount`, and runs shell commands in them.
 * @throws Error when one of the commands fails; what it says is on stderr.
 */
export async function ownNamespaces(
  kinds: readonly string[],
  commands: readonly string[],
): Promise<OwnNamespaces> {
  const options = kinds.map((kind) => `--${kind}`);
  const script = [...commands, 'echo ready', 'exec sleep 10000'].join(' && ');
  const unshare = [...options, '--propagation', 'private', 'sh', '-c', script];
  const holder = spawn('unshare', unshare, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
  if (!Buffer.isBuffer(ready[0])) throw new Error(`No namespaces: ${commands.join(' && ')} failed`);
  return {
    launcher: ['nsenter', '--target', String(holder.pid), ...options, '--wd', '--'],
    remove: () => {
      holder.kill('SIGKILL');
    },
  };
}
