import { parseArgs } from 'node:util';
import { type Problem, UserError, describeProblem } from '../src/core/errors.ts';
import { readInputs } from '../src/core/task/read-inputs.ts';
import type { TaskHost } from '../src/ports/task-host.ts';
import { taskInputs } from '../tasks/RegistryPrune/inputs.generated.ts';
import type { Inputs } from '../tasks/RegistryPrune/inputs.ts';
import { pruneImages } from '../tasks/RegistryPrune/prune-images.ts';
import type { PrunePorts } from '../tasks/RegistryPrune/prune-ports.ts';
import { absolute, flagName, givenIn, inputOptions, stateFolder } from './input-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A service connection is the server's, which is not there: logins are docker's own. */
export const pruneInputs = Object.keys(taskInputs).filter((name) => name !== 'registry');

const defaultLimit = 3600;
const text = { type: 'string' } as const;

/**
 * Prunes a registry as the task does.
 * @param args after `prune`
 * @returns the exit code
 */
export async function runPrune(
  args: readonly string[],
  environment: Environment,
  folder: string,
  makePorts: (stateFolder: string, timeLimitMs: number) => PrunePorts,
): Promise<number> {
  const state = absolute(stateFolder(environment), folder);
  let ports = makePorts(state, defaultLimit * 1000);
  try {
    const options = parseOptions(args, environment);
    ports = makePorts(absolute(options.stateFolder ?? state, folder), options.timeLimit * 1000);
    await pruneImages(options.inputs, ports);
    return 0;
  } catch (error) {
    tell(error, ports.host);
    return 1;
  }
}

interface PruneOptions {
  readonly inputs: Inputs;
  readonly stateFolder: string | undefined;
  /** Seconds. */
  readonly timeLimit: number;
}

function parseOptions(args: readonly string[], environment: Environment): PruneOptions {
  const ofInputs = inputOptions(taskInputs, pruneInputs);
  const options = { ...ofInputs, 'state-folder': text, 'time-limit': text };
  const { values } = parseArgs({ args: [...args], options });
  const given = givenIn(values, environment);
  const inputs = readInputs(taskInputs, (name) => (name === 'registry' ? undefined : given(name)));
  if (!inputs.ok) throw new UserError(inputs.problems);
  const timeLimit = Number(given('timeLimit') ?? defaultLimit);
  if (!(timeLimit > 0)) throw new UserError([badLimit(given('timeLimit') ?? '')]);
  return { inputs: inputs.value, stateFolder: given('stateFolder'), timeLimit };
}

function badLimit(found: string): Problem {
  const what = `Expected seconds, found "${found}".`;
  return { where: 'timeLimit', what, change: 'Write digits only.' };
}

function tell(error: unknown, host: TaskHost): void {
  if (!(error instanceof UserError)) {
    host.error(error instanceof Error ? error.message : String(error));
    return;
  }
  error.problems.forEach((problem) => {
    host.error(describeProblem(inFlags(problem)));
  });
}

/** The option's name in place of the input's; a line of the rules stays. */
function inFlags(problem: Problem): Problem {
  const [input = '', line] = problem.where?.split(':') ?? [];
  if (!pruneInputs.includes(input)) return problem;
  return { ...problem, where: `--${flagName(input)}${line === undefined ? '' : `:${line}`}` };
}
