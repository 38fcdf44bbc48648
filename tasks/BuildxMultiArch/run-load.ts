import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command } from '../../src/core/command.ts';
import { CancelledError, UserError } from '../../src/core/errors.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/**
 * Shows and runs one of the commands that load an image, and returns what it printed.
 * @throws UserError, CommandFailedError, CancelledError
 */
export async function runLoad(
  command: Command,
  { host, commands, cancellation }: TaskPorts,
): Promise<string> {
  host.info(quoteCommand(command.file, command.args));
  const result = await commands.run(command);
  if (cancellation.aborted) throw new CancelledError('the loading of the image');
  if (result.ending.kind === 'not-found') throw new UserError([noPodman]);
  if (!succeeded(result)) throw commandFailed(result, (text) => host.redact(text));
  return result.stdout;
}

const noPodman = {
  where: 'load',
  what: 'The program podman was not found on the PATH of this agent.',
  change: 'Install Podman, or set "load" to none.',
};
