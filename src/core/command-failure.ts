import type { CommandResult, Ending } from './command.ts';
import { quoteCommand } from './text/shell-quote.ts';

/** What is kept of a failed program: everything is redacted before it gets here. */
export interface CommandFailure {
  /** The command as the user could paste it, secrets as placeholders. */
  readonly commandLine: string;
  /** e.g. `exit code 1`, `SIGKILL`, `no answer within 20 s`, `not found on PATH`. */
  readonly ending: string;
  /** The last lines it printed, most telling last. */
  readonly lastLines: readonly string[];
  /** What to do about it, when the cause is known. */
  readonly hint?: string;
}

const shownLines = 20;

/** A program failed in a way that is neither the user's input nor our defect. */
export class CommandFailedError extends Error {
  readonly failure: CommandFailure;

  constructor(failure: CommandFailure) {
    super(describeFailure(failure));
    this.name = 'CommandFailedError';
    this.failure = failure;
  }
}

function describeFailure(failure: CommandFailure): string {
  const head = `${failure.commandLine}: ${failure.ending}`;
  const tail = failure.lastLines.slice(-shownLines).map((line) => `  ${line}`);
  const hint = failure.hint === undefined ? [] : [failure.hint];
  return [head, ...tail, ...hint].join('\n');
}

/** True only for exit code 0: a silent failure is still one, and words on stderr are not. */
export function succeeded(result: CommandResult): boolean {
  return result.ending.kind === 'exited' && result.ending.exitCode === 0;
}

/** The error of a program that did not succeed; `redact` runs over all of it. */
export function commandFailed(
  result: CommandResult,
  redact: (text: string) => string,
  hint?: string,
): CommandFailedError {
  const printed = result.stderr.trim() === '' ? result.stdout : result.stderr;
  return new CommandFailedError({
    commandLine: redact(quoteCommand(result.command.file, result.command.args)),
    ending: describeEnding(result.ending),
    lastLines: redact(printed).split('\n').slice(-shownLines),
    ...(hint === undefined ? {} : { hint }),
  });
}

function describeEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'exited':
      return `exit code ${ending.exitCode}`;
    case 'signalled':
      return `ended by ${ending.signal}`;
    case 'timed-out':
      return `no end within ${ending.afterMs / 1000} s`;
    case 'cancelled':
      return 'cancelled';
    case 'stopped':
      return 'ended by this step';
    case 'not-found':
      return 'program not found on PATH';
  }
}
