import { parseCommand, type Command } from '../command.ts';
import { knob } from '../job-context.ts';
import type { StepContext } from '../step-context.ts';
import { CommandError } from './command-error.ts';
import { AREAS, COMMANDS, RELEASE_AREAS } from './table.ts';

const DOCUMENTATION = 'https://go.microsoft.com/fwlink/?LinkId=817296';

/** Handles one line of a step's output: a command is carried out and not printed, anything else is printed. */
export function processLine(context: StepContext, line: string): void {
  const decodePercents = knob(context.job, 'DECODE_PERCENTS')?.toLowerCase() !== 'false';
  const command = parseCommand(line, { decodePercents });
  if (!command) {
    if (line.includes('##vso')) {
      context.warning(
        `'${line}' contains logging command keyword '##vso', but it's not a legal command. Please see the list of accepted commands: ${DOCUMENTATION}`,
      );
    }
    context.job.log.write(line);
  } else if (RELEASE_AREAS.has(command.area)) {
    context.error(`${command.area} commands are not supported for build.`);
    context.failByCommand();
    context.job.log.write(line);
  } else if (AREAS.has(command.area)) execute(context, command, line);
  else {
    context.warning(
      `Can't find command extension for ##vso[${command.area}.command]. Please reference documentation (${DOCUMENTATION})`,
    );
  }
}

function execute(context: StepContext, command: Command, line: string): void {
  const name = `${command.area}.${command.event}`;
  try {
    run(context, name, command);
  } catch (error) {
    context.error(
      `Unable to process command '${line}' successfully. Please reference documentation (${DOCUMENTATION})`,
    );
    context.error(error instanceof Error ? error.message : String(error));
    context.failByCommand();
  }
  if (name !== 'task.debug') context.job.log.debug(`Processed: ${line}`);
}

function run(context: StepContext, name: string, command: Command): void {
  const handler = COMMANDS.get(name);
  if (!handler) {
    throw new CommandError(
      `##vso[${name}] is not a recognized command for ${command.area} command extension. Please reference documentation (${DOCUMENTATION})`,
    );
  }
  if (context.restrictions?.restricted && !handler.allowedWhenRestricted) {
    context.warning(`##vso[${name}] is not allowed in this step due to policy restrictions.`);
    return;
  }
  handler.run(context, command);
  if (handler.recorded) context.events.push(command);
}
