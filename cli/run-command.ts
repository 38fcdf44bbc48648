import { type Problem, UserError, describeProblem } from '../src/core/errors.ts';
import type { TaskHost } from '../src/ports/task-host.ts';
import type { SetupPorts } from '../tasks/SetupBuildkitBuilder/setup-ports.ts';
import type { PrunePorts } from '../tasks/RegistryPrune/prune-ports.ts';
import { type Told, attach } from './attach.ts';
import { flagName } from './input-options.ts';
import { type AttachOptions, parseOptions } from './options.ts';
import { runPrune } from './prune.ts';
import { usage } from './usage.ts';

interface CommandPorts extends SetupPorts, PrunePorts {
  readonly host: TaskHost & Told;
}

/** Ports for a state folder and a time limit in milliseconds. */
export type MakePorts = (stateFolder: string, timeLimitMs: number) => CommandPorts;

const anyLimitMs = 1000;

/**
 * Runs one command line.
 * @returns the exit code: an agent must start even when it cannot be attached, unless `--strict`
 */
export async function runCommand(
  [command, ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
  makePorts: MakePorts,
): Promise<number> {
  const { host } = makePorts(folder, anyLimitMs);
  const isKnown = command === 'attach' || command === 'prune';
  if (!isKnown || args.includes('--help')) {
    usage(command).forEach((line) => {
      host.info(line);
    });
    return isKnown || command === '--help' ? 0 : 1;
  }
  if (command === 'prune') return runPrune(args, environment, folder, makePorts);
  try {
    const options = parseOptions(args, environment, folder);
    if (!options.ok) throw new UserError(options.problems);
    return await attachWith(options.value, makePorts);
  } catch (error) {
    return notAttached(error, args.includes('--strict'), host);
  }
}

async function attachWith(options: AttachOptions, makePorts: MakePorts): Promise<number> {
  const ports = makePorts(options.stateFolder, options.timeLimit * 1000);
  try {
    await attach(options, ports.host, ports);
    return 0;
  } catch (error) {
    const { aborted } = ports.cancellation;
    const late = new Error(
      `Not attached within ${options.timeLimit} s (--time-limit), or ended by a signal.`,
    );
    return notAttached(aborted ? late : error, options.strict, ports.host);
  }
}

function notAttached(error: unknown, strict: boolean, host: TaskHost): number {
  const tell = (line: string): void => {
    if (strict) host.error(line);
    else host.warning(line);
  };
  if (error instanceof UserError) error.problems.map(inFlags).forEach(tell);
  else tell(error instanceof Error ? error.message : String(error));
  tell(`This agent is not attached to BuildKit${strict ? '.' : '; it starts all the same.'}`);
  return strict ? 1 : 0;
}

/** The problem with the option's name in place of the input's. */
function inFlags(problem: Problem): string {
  const { where } = problem;
  return describeProblem(
    where === undefined ? problem : { ...problem, where: `--${flagName(where)}` },
  );
}
