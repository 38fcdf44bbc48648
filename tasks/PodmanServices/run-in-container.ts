import { dirname, join } from 'node:path/posix';
import type { CommandResult } from '../../src/core/command.ts';
import { CancelledError } from '../../src/core/errors.ts';
import {
  type OciRuntime,
  isRuntimeFault,
  runtimeExec,
  stateFile,
} from '../../src/core/podman/oci-runtime.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import { killExecSessions, killTree } from './kill-probe.ts';
import { podman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** A container that has been started. */
export interface Entered {
  readonly name: string;
  /** All 64 digits; undefined when they are not known. */
  readonly id: string | undefined;
}

interface Limits {
  /** For the message of a cancelled step: `a health check of db`. */
  readonly during: string;
  readonly timeoutMs: number;
}

/**
 * Runs a command in a container as its user, in its folder, with its environment; one that takes too long is
 * killed with its children. Where the host allows it, the OCI runtime is asked, which Podman would call in the
 * end: 30 ms instead of 150, and no second Podman that clears up behind it. What the runtime itself cannot do
 * is left to `podman exec`, whose words are the answer then.
 * @throws CancelledError
 */
export async function runInContainer(
  { name, id }: Entered,
  argv: readonly string[],
  limits: Limits,
  context: StepContext,
): Promise<CommandResult> {
  const { host, ports } = context;
  if (id !== undefined && host.runtime !== undefined && (await hasState(id, context))) {
    const result = await byRuntime(host.runtime, id, argv, limits, context);
    if (result !== undefined) return result;
  }
  const options = { ...limits, onCancel: 'interrupt' } as const;
  const result = await podman(['exec', name, ...argv], options, ports);
  if (result.ending.kind === 'timed-out') await killExecSessions(name, context);
  return result;
}

async function hasState(id: string, { ports }: StepContext): Promise<boolean> {
  // Whatever keeps us from it, `podman exec` can still enter.
  const kind = await ports.files.exists(stateFile(id)).catch(() => undefined);
  return kind === 'file';
}

/** Undefined: the runtime could not run it. */
async function byRuntime(
  runtime: OciRuntime,
  id: string,
  argv: readonly string[],
  { during, timeoutMs }: Limits,
  context: StepContext,
): Promise<CommandResult | undefined> {
  const { host, files, commands, chance, cancellation } = context.ports;
  if (cancellation.aborted) throw new CancelledError(during);
  // One of its own: two checks of one container may run at once.
  const folder = join(dirname(context.envFile), `check-${chance.hex(12)}`);
  const [pidFile, log] = [join(folder, 'pid'), join(folder, 'log')];
  const args = runtimeExec(runtime, { id, argv, pidFile, log });
  host.debug(quoteCommand(runtime.file, args));
  await files.makeDirectory(folder);
  try {
    // Before runc gets a signal: it passes that on to the command alone, whose children would be nobody's then.
    const beforeTimeout = (): Promise<void> => killTree(pidFile, context);
    const result = await commands.run({ file: runtime.file, args, timeoutMs, beforeTimeout });
    if (result.ending.kind === 'cancelled') throw new CancelledError(during);
    return (await isFault(result, log, context)) ? undefined : result;
  } finally {
    await files.remove(folder);
  }
}

async function isFault(
  { ending }: CommandResult,
  log: string,
  { ports }: StepContext,
): Promise<boolean> {
  if (ending.kind === 'timed-out') return false;
  if (ending.kind !== 'exited') return true;
  return ending.exitCode !== 0 && isRuntimeFault((await ports.files.readText(log)) ?? '');
}
