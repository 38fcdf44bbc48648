import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import { hintFor } from '../../src/core/podman/failure-hints.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { PodmanPorts, PodmanProgram } from './services-ports.ts';

/** What a call is about, and how it may end. */
export interface CallOptions {
  /** For the message of a cancelled step: `the start of db`. */
  readonly during: string;
  readonly timeoutMs?: number;
  /** Secrets go here, never into the arguments. */
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the command in the log as the user could paste it. */
  readonly echo?: boolean;
  /** `interrupt` only for what leaks nothing when it is cut off (services-anchors, fact 6). */
  readonly onCancel?: Command['onCancel'];
  /** Also when the step is being cancelled. */
  readonly evenCancelled?: boolean;
}

type Ports = Pick<PodmanPorts, 'host' | 'commands' | 'cancellation' | 'podman'>;

const defaultTimeoutMs = 60_000;

/** Podman 5 warns of cgroups v1 in every call, even among the lines of `podman logs`. */
const quiet: Readonly<Record<string, string>> = { PODMAN_IGNORE_CGROUPSV1_WARNING: 'true' };

/** Runs podman and returns how it ended. @throws CancelledError before it starts anything after a cancel */
export async function podman(
  args: readonly string[],
  options: CallOptions,
  ports: Ports,
): Promise<CommandResult> {
  if (ports.cancellation.aborted && options.evenCancelled !== true) {
    throw new CancelledError(options.during);
  }
  const command = podmanCommand(args, options, ports);
  const line = pastable(command, ports);
  if (options.echo === true) ports.host.info(line);
  else ports.host.debug(line);
  const result = await ports.commands.run(command);
  if (result.ending.kind === 'not-found') throw new UserError([notInstalled(ports.podman)]);
  if (result.ending.kind === 'cancelled') throw new CancelledError(options.during);
  return result;
}

/** As `podman`, and returns what it printed. @throws CommandFailedError with a hint when it fails */
export async function mustPodman(
  args: readonly string[],
  options: CallOptions,
  ports: Ports,
): Promise<string> {
  const result = await podman(args, options, ports);
  if (succeeded(result)) return result.stdout.trim();
  throw podmanFailed(result, ports);
}

export function podmanFailed(result: CommandResult, { host }: Pick<Ports, 'host'>): Error {
  return commandFailed(result, (text) => host.redact(text), hintFor(result.stderr));
}

/** In a folder of the agent: conmon writes a file `oom` where it is, when a container meets its limit of memory. */
export function podmanCommand(
  args: readonly string[],
  options: CallOptions,
  { host, podman: { file, globalArgs, env } }: Pick<Ports, 'host' | 'podman'>,
): Command {
  return {
    file,
    cwd: host.tempDirectory,
    args: [...globalArgs, ...args],
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    onCancel: options.onCancel ?? 'finish',
    env: { ...quiet, ...env, ...options.env },
  };
}

/** The command for a shell; the values of the service's variables beside it are placeholders. */
export function pastable(
  { file, args, env = {} }: Command,
  { podman }: Pick<Ports, 'podman'>,
): string {
  const shown = Object.entries(env)
    .filter(([name]) => !(name in quiet))
    .map(([name, value]) => `${name}=${podman.env[name] === value ? value : '***'} `);
  return `${shown.join('')}${quoteCommand(file, args)}`;
}

function notInstalled({ file }: PodmanProgram): Problem {
  if (file.includes('/')) {
    const what = `There is no program ${file}, or it cannot be run.`;
    return { where: 'podmanPath', what, change: 'Name Podman, or leave podmanPath empty.' };
  }
  return {
    what: `The program ${file} was not found on the PATH of this agent.`,
    change:
      'Install Podman 4.3 or newer: apt-get install podman runc netavark aardvark-dns catatonit.',
  };
}
