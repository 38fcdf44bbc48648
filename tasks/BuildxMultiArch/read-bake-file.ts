import { type BakeDefinition, parseDefinition } from '../../src/core/bake/bake-definition.ts';
import type { BakeRequest } from '../../src/core/bake/bake-request.ts';
import { printArgs, variablesSince } from '../../src/core/bake/reading-args.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { isNewEnough } from '../../src/core/buildx/buildx-version.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command } from '../../src/core/command.ts';
import { CancelledError, UserError } from '../../src/core/errors.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import { unreadBakeFile } from './unread-bake-file.ts';

const printLimitMs = 60_000;

/**
 * Has buildx read the bake file; no daemon is asked.
 * @throws UserError with what is wrong with the file, CommandFailedError, CancelledError
 */
export async function readBakeFile(
  request: BuildRequest,
  asked: BakeRequest,
  buildx: Buildx,
  { host, commands, cancellation }: Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>,
): Promise<BakeDefinition> {
  const { variables, env } = variablesFor(buildx, host);
  const args = printArgs(asked, { ssh: request.ssh, variables });
  const command: Command = {
    ...{ file: buildx.file, args, cwd: request.sources.context },
    ...{ env: { ...buildxEnvironment(host), ...env }, timeoutMs: printLimitMs },
  };
  const result = await commands.run(command);
  if (cancellation.aborted) throw new CancelledError('the reading of the bake file');
  if (result.ending.kind === 'exited' && result.ending.exitCode !== 0) {
    const stderr = host.redact(result.stderr);
    throw new UserError([await unreadBakeFile(stderr, asked, command, commands)]);
  }
  const definition = succeeded(result) ? parseDefinition(result.stdout, asked.targets) : undefined;
  if (definition === undefined) throw commandFailed(result, (text) => host.redact(text));
  return definition;
}

/** A file may have a variable DEBUG. An older buildx gets it as its own switch, too, and tells the file that it is 1. */
function variablesFor(
  { version }: Buildx,
  host: Pick<TaskPorts['host'], 'environment'>,
): { readonly variables: Record<string, string>; readonly env: Record<string, string> } {
  const value = host.environment('DEBUG');
  const found = value === undefined ? {} : { DEBUG: value };
  return isNewEnough(version, variablesSince)
    ? { variables: found, env: {} }
    : { variables: {}, env: found };
}
