import { dirname, join } from 'node:path/posix';
import type { CommandResult } from '../../src/core/command.ts';
import { CancelledError } from '../../src/core/errors.ts';
import {
  type OciRuntime,
  type RuntimeExec,
  configFile,
  firstFolder,
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
  const command = `${id ?? name} ${argv[0] ?? ''}`;
  const known = id === undefined ? undefined : await knownTo(host.runtime, id, context);
  if (known !== undefined && (known.runtime.name === 'runc' || context.proven.has(command))) {
    const result = await byRuntime(known, argv, limits, context);
    if (result !== undefined) return result;
  }
  const options = { ...limits, onCancel: 'interrupt' } as const;
  const result = await podman(['exec', name, ...argv], options, ports);
  if (hasRun(result)) context.proven.add(command);
  if (result.ending.kind === 'timed-out') await killExecSessions(name, context);
  return result;
}

/**
 * Podman's own codes for what could not be run (podman-exec(1)). crun leaves a zombie behind then, which keeps the
 * container from ending where no process waits for orphans, as in many pods: it is given what Podman has run before.
 */
function hasRun({ ending }: CommandResult): boolean {
  return ending.kind !== 'exited' || ![125, 126, 127].includes(ending.exitCode);
}

/** A container that its runtime itself can be asked to enter. */
interface Known extends Pick<RuntimeExec, 'id' | 'cwd'> {
  readonly runtime: OciRuntime;
}

/** Whatever keeps us from the runtime's files, `podman exec` can still enter. */
async function knownTo(
  runtime: OciRuntime | undefined,
  id: string,
  { ports: { files } }: StepContext,
): Promise<Known | undefined> {
  if (runtime === undefined) return undefined;
  if (runtime.name === 'crun') {
    const cwd = firstFolder(await files.readText(configFile(id)).catch(() => undefined));
    return cwd === undefined ? undefined : { runtime, id, cwd };
  }
  const kind = await files.exists(stateFile(id, runtime.name)).catch(() => undefined);
  return kind === 'file' ? { runtime, id } : undefined;
}

/** Undefined: the runtime could not run it. */
async function byRuntime(
  { runtime, ...known }: Known,
  argv: readonly string[],
  { during, timeoutMs }: Limits,
  context: StepContext,
): Promise<CommandResult | undefined> {
  const { host, files, commands, chance, cancellation } = context.ports;
  if (cancellation.aborted) throw new CancelledError(during);
  // One of its own: two checks of one container may run at once.
  const folder = join(dirname(context.envFile), `check-${chance.hex(12)}`);
  const [pidFile, log] = [join(folder, 'pid'), join(folder, 'log')];
  const args = runtimeExec(runtime, { ...known, argv, pidFile, log });
  host.debug(quoteCommand(runtime.file, args));
  await files.makeDirectory(folder);
  try {
    // Before the runtime gets a signal: it passes that on to the command alone, whose children would be nobody's then.
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
