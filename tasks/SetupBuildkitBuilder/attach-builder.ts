import { type BuilderPlan, createCommands, removeArgs } from '../../src/core/buildx/create-args.ts';
import {
  type ListedBuilder,
  findBuilder,
  isAsPlanned,
  lsArgs,
} from '../../src/core/buildx/ls-output.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { CancelledError } from '../../src/core/errors.ts';
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
 * Makes sure that the store holds the builder as planned, and asks buildx whether it reaches the nodes.
 * A builder that is there already and equal stays as it is: a step may be retried.
 * @returns the builder as buildx sees it; its nodes tell whether they are reached
 * @throws CommandFailedError, CancelledError
 */
export async function attachBuilder(
  plan: BuilderPlan,
  store: Store,
  ports: Ports,
): Promise<ListedBuilder | undefined> {
  const before = store.isNew ? undefined : await list(plan.name, store, ports);
  if (before !== undefined && isAsPlanned(before, plan)) {
    ports.host.info(`Builder ${plan.name} is there already, with these very nodes.`);
    return before;
  }
  if (before !== undefined) await replace(plan, store, ports);
  for (const args of createCommands(plan)) await change(args, store, ports);
  return list(plan.name, store, ports);
}

/** Names of the planned nodes that buildx does not reach. */
export function silentNodes(
  { nodes }: BuilderPlan,
  listed: ListedBuilder | undefined,
): readonly string[] {
  const running = (listed?.Nodes ?? []).filter(({ Status }) => Status === 'running');
  return nodes.map(({ name }) => name).filter((name) => !running.some((one) => one.Name === name));
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

/**
 * Runs buildx on a store.
 * @throws CommandFailedError, CancelledError
 */
export async function runBuildx(
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

/**
 * Only this store and no Docker of the agent's: buildx would look at every context, even dead ones. DEBUG is its switch
 * for stack traces, and a pipeline's variable of that name is meant for something else.
 */
export function storeEnvironment(folder: string): Readonly<Record<string, string | undefined>> {
  return {
    BUILDX_CONFIG: folder,
    DOCKER_CONFIG: folder,
    BUILDX_BUILDER: undefined,
    DOCKER_CONTEXT: undefined,
    DOCKER_HOST: undefined,
    DEBUG: undefined,
  };
}
