import { succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import {
  type ContainerPlan,
  type RunCommand,
  runCommand,
} from '../../src/core/podman/container-plan.ts';
import { onHostNetwork } from '../../src/core/podman/host-network.ts';
import type { LineSink } from '../../src/ports/command-runner.ts';
import { type ContainerState, parseContainers } from '../../src/core/podman/inspect.ts';
import { containerId } from '../../src/core/podman/oci-runtime.ts';
import { isNoise } from '../../src/core/podman/noise.ts';
import { shorten } from '../../src/core/text/measures.ts';
import { mustPodman, podman, podmanCommand, podmanFailed } from './podman.ts';
import type { PodmanPorts } from './services-ports.ts';
import type { StepContext } from './step-context.ts';

interface Caller {
  readonly ports: PodmanPorts;
}

/** Of a log line; files keep all of it. */
export const shownCharacters = 4_000;

/** Podman picks a free port when it creates, and needs it when it starts: another may be quicker. */
const attempts = 3;

/** The command for a container on this host. */
export function commandOf(
  plan: ContainerPlan,
  detached: boolean,
  context: StepContext,
): RunCommand {
  const command = runCommand(plan, context.host.runArgs, detached);
  if (context.host.settings.network !== 'host') return command;
  const names = context.plan.containers.map(({ service }) => service.name);
  return onHostNetwork(command, plan.image, names);
}

/** Starts the container of a service and comes back at once with its id. @throws CommandFailedError */
export async function runDetached(
  plan: ContainerPlan,
  context: StepContext,
): Promise<string | undefined> {
  const { ports, request } = context;
  const { args, env } = commandOf(plan, true, context);
  const during = `the start of ${plan.title}`;
  for (let attempt = 1; ; attempt += 1) {
    const options = { during, env, echo: true };
    const result = await podman(['run', ...args], options, ports);
    if (succeeded(result)) return containerId(result.stdout);
    const isRace = request.ports === 'random' && /address already in use/.test(result.stderr);
    if (!isRace || attempt === attempts) throw podmanFailed(result, ports);
    ports.host.info(`${plan.title}: another process took the free port; trying again.`);
    await mustPodman(['rm', '--force', '--volumes', plan.name], { during }, ports);
  }
}

export async function inspectContainers(
  names: readonly string[],
  { ports }: Caller,
): Promise<readonly ContainerState[]> {
  const during = `the look at ${names.join(', ')}`;
  return parseContainers(await mustPodman(['container', 'inspect', ...names], { during }, ports));
}

export async function inspectContainer(name: string, context: Caller): Promise<ContainerState> {
  const [state] = await inspectContainers([name], context);
  if (state === undefined) throw new Error(`podman container inspect ${name} found nothing`);
  return state;
}

/** The last lines of a container's log, standard output and error together. */
export async function lastLogLines(
  name: string,
  count: number,
  { ports }: Caller,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const command = ['logs', '--tail', String(count), name];
  const keep = (line: string): void => {
    lines.push(shorten(line, shownCharacters));
    if (lines.length > count) lines.shift();
  };
  await streamPodman(command, keep, { ports });
  return lines;
}

/** Relays what a podman command prints, line by line, as it comes. Cut off by a cancel without harm. */
export async function streamPodman(
  args: readonly string[],
  onLine: LineSink,
  { ports }: Caller,
  stop?: AbortSignal,
): Promise<CommandResult> {
  // What is stopped by us may last as long as it is wanted.
  const limit = stop === undefined ? {} : { timeoutMs: 0 };
  const options = { during: 'the logs', onCancel: 'interrupt', ...limit } as const;
  const command = {
    ...podmanCommand(args, options, ports),
    ...(stop === undefined ? {} : { stop }),
  };
  return ports.commands.stream(command, (line, stream) =>
    stream === 'stderr' && isNoise(line) ? undefined : onLine(line, stream),
  );
}
