import type { Command, CommandResult } from '../core/command.ts';

/** The next line comes when a promise it returned is fulfilled. */
export type LineSink = (line: string, stream: 'stdout' | 'stderr') => void | Promise<void>;

/** Runs programs. Never rejects for the program's own failure: the ending tells. */
export interface CommandRunner {
  run(command: Command): Promise<CommandResult>;
  /**
   * As `run`, with each line handed over as it comes, and no faster than the reader of our own output
   * takes what is printed; the beginnings of the last 200 lines stay in the result.
   */
  stream(command: Command, onLine: LineSink): Promise<CommandResult>;
}
