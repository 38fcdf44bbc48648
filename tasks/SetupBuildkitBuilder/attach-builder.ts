import { type BuilderPlan, createArgs, removeArgs } from '../../src/core/buildx/create-args.ts';
import {
  type ListedBuilder,
  findBuilder,
  isAsPlanned,
  lsArgs,
} from '../../src/core/buildx/ls-output.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { CancelledError, UserError } from '../../src/core/errors.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>;

/** buildx with the folder that it keeps builders in. */
export interface Store {
  readonly buildx: Buildx;
  /** BUILDX_CONFIG. */
  readonly folder: string;
  /** Just made, so there is nothing in it to ask for. */
  readonly isNew: boolean;
}

const commandLimitMs = 30_000;

/**
 * Makes sure that the store holds the builder as planned, and that buildx reaches its daemon. One
 * that is there already and equal stays as it is: a step may be retried.
 * @throws CommandFailedError, UserError when buildx does not reach what our own look reached, CancelledError
 */
export async function attachBuilder(plan: BuilderPlan, store: Store, ports: Ports): Promise<void> {
  ports.host.info(`BUILDX_CONFIG=${store.folder}`);
  const before = store.isNew ? undefined : await list(plan.name, store, ports);
  if (before !== undefined && isAsPlanned(before, plan)) {
    ports.host.info(`Builder ${plan.name} is there already, with this very node.`);
    if (isRunning(before)) return;
  } else {
    if (before !== undefined) await replace(plan, store, ports);
    await change(createArgs(plan), store, ports);
  }
  const after = await list(plan.name, store, ports);
  if (after === undefined || !isRunning(after)) throw notReached(plan, after);
}

async function replace(plan: BuilderPlan, store: Store, ports: Ports): Promise<void> {
  ports.host.info(`Builder ${plan.name} is there already, but with other nodes: it is made anew.`);
  await change(removeArgs(plan.name), store, ports);
}

/** Shown, so that people can see and paste what was done. */
async function change(args: readonly string[], store: Store, ports: Ports): Promise<void> {
  ports.host.info(quoteCommand(store.buildx.file, args));
  await runBuildx(args, store, ports);
}

async function list(name: string, store: Store, ports: Ports): Promise<ListedBuilder | undefined> {
  const { stdout } = await runBuildx(lsArgs, store, ports);
  return findBuilder(stdout, name);
}

async function runBuildx(
  args: readonly string[],
  { buildx, folder }: Store,
  { host, commands, cancellation }: Ports,
): Promise<CommandResult> {
  const result = await commands.run({
    file: buildx.file,
    args,
    env: storeEnvironment(folder),
    timeoutMs: commandLimitMs,
  });
  if (cancellation.aborted) throw new CancelledError('the creation of the builder');
  if (!succeeded(result)) throw commandFailed(result, (text) => host.redact(text));
  return result;
}

/** Only this store and no Docker of the agent's: buildx would look at every context, even dead ones. */
function storeEnvironment(folder: string): Readonly<Record<string, string | undefined>> {
  return {
    BUILDX_CONFIG: folder,
    DOCKER_CONFIG: folder,
    BUILDX_BUILDER: undefined,
    DOCKER_CONTEXT: undefined,
    DOCKER_HOST: undefined,
  };
}

function isRunning({ Nodes }: ListedBuilder): boolean {
  return Nodes.length > 0 && Nodes.every(({ Status }) => Status === 'running');
}

function notReached(plan: BuilderPlan, listed: ListedBuilder | undefined): UserError {
  const [node] = listed?.Nodes ?? [];
  const seen =
    [node?.Status, node?.Err, listed?.Err].filter(Boolean).join(', ') || 'no such builder';
  return new UserError([
    {
      where: 'endpoints',
      what: `${plan.endpoint} answered a moment ago, but buildx does not reach it (${seen}).`,
      change: 'Check whether the daemon was just stopped, and run the job again.',
    },
  ]);
}
