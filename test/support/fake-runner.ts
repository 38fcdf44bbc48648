import type { Command, CommandResult, Ending } from '../../src/core/command.ts';
import type { CommandRunner } from '../../src/ports/command-runner.ts';

/** What a program answers; without an ending it exits with code 0. */
export interface FakeAnswer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly ending?: Ending;
}

export interface FakeRunner extends CommandRunner {
  /** Every command asked for, in order. */
  readonly commands: readonly Command[];
}

/** A runner whose programs answer by a function; undefined means the program does not exist. */
export function fakeRunner(
  answer: (command: Command) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>,
): FakeRunner {
  const commands: Command[] = [];
  const run = async (command: Command): Promise<CommandResult> => {
    commands.push(command);
    const given = (await answer(command)) ?? { ending: { kind: 'not-found' } };
    const ending = given.ending ?? { kind: 'exited', exitCode: 0 };
    if (ending.kind === 'timed-out') await command.beforeTimeout?.();
    return { command, ending, stdout: given.stdout ?? '', stderr: given.stderr ?? '' };
  };
  return {
    commands,
    run,
    stream: async (command, onLine) => {
      const result = await run(command);
      for (const name of ['stdout', 'stderr'] as const) {
        const lines = result[name] === '' ? [] : result[name].split('\n');
        for (const line of lines) await onLine(line, name);
      }
      return result;
    },
  };
}

/** Runs nothing: for workflows that must not start a program. */
export function noCommands(): FakeRunner {
  return fakeRunner((command) => {
    throw new Error(`${command.file} was started`);
  });
}
