import { consolePorts } from '../src/io/console/console-ports.ts';
import { runCommand } from './run-command.ts';

void runCommand(process.argv.slice(2), process.env, process.cwd(), consolePorts).then((code) =>
  process.exit(code),
);
