import { join } from 'node:path';
import { execa } from 'execa';

export interface BundleInput {
  readonly task: string;
  readonly entry: 'main' | 'cleanup';
  /** Agent.TempDirectory. */
  readonly temp: string;
  /** The Node to run it on; without it, the one that runs the tests. */
  readonly node?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Task variables of an earlier entry of the same step. */
  readonly taskVariables?: ReadonlyMap<string, string>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What starts the task, such as a program that gives it another DNS server. */
  readonly launcher?: readonly string[];
  /** SIGINT to the task's process alone, as the agent sends it, once a line matches or after so many ms. */
  readonly cancelAt?: RegExp | number;
  /** Sees each line as it comes. */
  readonly onLine?: (line: string) => void;
  /** SIGKILL: as when the agent loses its patience, or its pod. */
  readonly cancelBy?: 'SIGINT' | 'SIGKILL';
}

export interface BundleRun {
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly seconds: number;
  /** What the task saved for its post-job step. */
  readonly taskVariables: ReadonlyMap<string, string>;
}

const limitMs = 120_000;

/** Runs one entry of a bundled task as the agent launches it, without the agent around it. */
export async function runBundle(input: BundleInput): Promise<BundleRun> {
  const startedAt = performance.now();
  const entry = join('tasks', input.task, 'dist', `${input.entry}.cjs`);
  const node = [process.execPath, entry];
  const [file = '', ...args] = [...(input.launcher ?? []), ...node];
  const child = execa(file, args, {
    env: environmentOf(input),
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: limitMs,
  });
  const { cancelAt, cancelBy = 'SIGINT' } = input;
  const timer =
    typeof cancelAt === 'number' ? setTimeout(() => child.kill(cancelBy), cancelAt) : undefined;
  for await (const line of child.iterable({ from: 'all' })) {
    input.onLine?.(line);
    if (cancelAt instanceof RegExp && cancelAt.test(line)) child.kill(cancelBy);
  }
  const { exitCode, all } = await child;
  clearTimeout(timer);
  const seconds = (performance.now() - startedAt) / 1000;
  return { exitCode, output: all, seconds, taskVariables: taskVariablesIn(all) };
}

function environmentOf(input: BundleInput): Record<string, string> {
  const named = (prefix: string, entries: Iterable<readonly [string, string]>) =>
    Object.fromEntries(
      [...entries].map(([name, value]) => [`${prefix}${name.toUpperCase()}`, value]),
    );
  return {
    ...input.environment,
    AGENT_TEMPDIRECTORY: input.temp,
    AGENT_VERSION: '4.265.1',
    SYSTEM_DEFAULTWORKINGDIRECTORY: input.temp,
    ...named('INPUT_', Object.entries(input.inputs ?? {})),
    ...named('VSTS_TASKVARIABLE_', input.taskVariables ?? []),
  };
}

function taskVariablesIn(output: string): ReadonlyMap<string, string> {
  const commands = output.matchAll(
    /^##vso\[task\.settaskvariable variable=([^;\]]+)[^\]]*\](.*)$/gm,
  );
  return new Map([...commands].map(([, name = '', value = '']) => [name, value]));
}
