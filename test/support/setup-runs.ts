import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { toolFolders } from '../../scripts/lib/toolchain/tool-path.ts';
import { type BundleRun, runBundle } from './run-bundle.ts';

/** A finished set-up step with what it told the agent. */
export interface SetupRun extends BundleRun {
  /** By name; `$(name)` and `$(step.name)` alike. */
  readonly variables: ReadonlyMap<string, string>;
  /** Messages of error issues. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** For programs of later steps. */
  readonly environment: Readonly<Record<string, string>>;
}

interface SetupInput {
  /** Agents' temp folders are made in it, a fresh one for each run. */
  readonly folder: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly launcher?: readonly string[];
}

/** Runs SetupBuildkitBuilder as an agent launches it, with all tools on PATH. */
export async function setUp(input: SetupInput): Promise<SetupRun> {
  const { folder, inputs, launcher = [] } = input;
  const path = [...toolFolders(), process.env['PATH'] ?? ''].join(':');
  const environment = { PATH: path, ...input.environment };
  const temp = await mkdtemp(join(folder, 'temp-'));
  const run = await runBundle({
    ...{ task: 'SetupBuildkitBuilder', entry: 'main', temp, inputs, environment, launcher },
  });
  const variables = variablesIn(run.output);
  const named = (name: string): Record<string, string> => {
    const value = variables.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    ...{ ...run, variables, errors: issues('error', run.output) },
    warnings: issues('warning', run.output),
    environment: { ...environment, ...named('BUILDX_BUILDER'), ...named('BUILDX_CONFIG') },
  };
}

function variablesIn(output: string): ReadonlyMap<string, string> {
  const commands = output.matchAll(/^##vso\[task\.setvariable variable=([^;\]]+)[^\]]*\](.*)$/gm);
  return new Map([...commands].map(([, name = '', value = '']) => [name, value]));
}

function issues(type: string, output: string): readonly string[] {
  const commands = output.matchAll(/^##vso\[task\.logissue type=(\w+)[^\]]*\](.*)$/gm);
  return [...commands].flatMap(([, found, message = '']) => (found === type ? [message] : []));
}
