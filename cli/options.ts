import { parseArgs } from 'node:util';
import { type Parsed, parsed, rejected } from '../src/core/parsed.ts';
import { readInputs } from '../src/core/task/read-inputs.ts';
import { taskInputs } from '../tasks/SetupBuildkitBuilder/inputs.generated.ts';
import { absolute, givenIn, inputOptions, stateFolder } from './input-options.ts';
import type { Inputs } from '../tasks/SetupBuildkitBuilder/inputs.ts';

/** What `daemonless attach` is to do. */
export interface AttachOptions {
  /** The inputs of SetupBuildkitBuilder. */
  readonly inputs: Inputs;
  /** Absolute: the agent's own folder, with its `.capabilities` and `.env`. */
  readonly agentRoot: string;
  /** Absolute: where the builder and its certificate files are kept. */
  readonly stateFolder: string;
  /** Seconds for all of it. */
  readonly timeLimit: number;
  /** Fail when the agent is not attached. */
  readonly strict: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;
type InputName = keyof typeof taskInputs;

/** Needs the server, which is not there when an agent starts. */
const serverOnly: readonly InputName[] = ['buildkitConnection'];
const defaultBuilder = 'daemonless';
const spareSeconds = 60;
const text = { type: 'string' } as const;
const ownOptions = {
  ...{ 'agent-root': text, 'state-folder': text, 'time-limit': text },
  strict: { type: 'boolean', default: false },
} as const;

export const inputNames = (Object.keys(taskInputs) as InputName[]).filter(
  (name) => !serverOnly.includes(name),
);

/**
 * Each input of the task is an option, or a variable of the environment; the option wins.
 * @param args after `attach`
 * @throws TypeError with node's own sentence for an unknown option
 */
export function parseOptions(
  args: readonly string[],
  environment: Environment,
  folder: string,
): Parsed<AttachOptions> {
  const ofInputs = inputOptions(taskInputs, inputNames);
  const { values } = parseArgs({ args: [...args], options: { ...ofInputs, ...ownOptions } });
  const given = givenIn(values, environment);
  const inputs = readInputs(taskInputs, (name) =>
    name === 'builderName' ? (given(name) ?? defaultBuilder) : given(name),
  );
  if (!inputs.ok) return inputs;
  const limit = given('timeLimit') ?? String(inputs.value.connectTimeout + spareSeconds);
  if (!/^\d{1,6}$/.test(limit)) return rejected(badLimit(limit));
  return parsed({
    inputs: inputs.value,
    agentRoot: absolute(given('agentRoot') ?? '.', folder),
    stateFolder: absolute(given('stateFolder') ?? stateFolder(environment), folder),
    timeLimit: Number(limit),
    strict: values.strict || environment['DAEMONLESS_STRICT'] === 'true',
  });
}

function badLimit(found: string) {
  return {
    where: 'timeLimit',
    what: `Expected seconds, found "${found}".`,
    change: 'Write digits only.',
  };
}
