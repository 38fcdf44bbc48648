import { consolePorts } from '../src/io/console/console-ports.ts';
import { runCommand } from './run-command.ts';

void runCommand(process.argv.slice(2), process.env, process.cwd(), consolePorts).then((code) =>
  process.exit(code),
);

// Whoever reads along may leave early, as `head` does: then this ends as by SIGPIPE, which Node does not get.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(141);
});
