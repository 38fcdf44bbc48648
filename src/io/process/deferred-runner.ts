import type { CommandRunner } from '../../ports/command-runner.ts';

/** Runs programs with execa, which loads with the first one: a step that reads its inputs needs none. */
export function deferredRunner(cancellation: AbortSignal): CommandRunner {
  const load = async (): Promise<CommandRunner> => {
    const { execaRunner } = await import('./execa-runner.ts');
    return execaRunner(cancellation);
  };
  return {
    run: async (command) => (await load()).run(command),
    stream: async (command, onLine) => (await load()).stream(command, onLine),
  };
}
