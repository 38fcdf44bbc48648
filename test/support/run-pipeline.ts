import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { builtAgent } from './built-agent.ts';
import type { PlainUser } from './plain-user.ts';
import { type RecordedStep, recordedSteps } from './agent-run.ts';

export interface PipelineInput {
  /** YAML. */
  readonly pipeline: string;
  /** More files of the repository, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** YAML of variables, connections and secure files, as `--resources` takes it. */
  readonly resources?: string;
  /** What the agent finds beside its own environment, e.g. a playground's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of the agent's command line, e.g. `--node 24`. */
  readonly args?: readonly string[];
  /** What starts the agent, such as a program that gives it another network. */
  readonly launcher?: readonly string[];
  /** Who runs the agent; without it, who runs the tests. */
  readonly user?: PlainUser;
  /** Cancels the run, as the server would, once a line of the output matches. */
  readonly cancelAt?: RegExp;
  /** Cancels it when it is aborted. */
  readonly cancel?: AbortSignal;
  /** Sees each line as it comes. */
  readonly onLine?: (line: string) => void;
  /** Kills the agent after that many ms; 240,000 without it. */
  readonly limitMs?: number;
}

export interface PipelineRun {
  readonly exitCode: number | undefined;
  /** All that a user sees, masked. */
  readonly output: string;
  readonly steps: readonly RecordedStep[];
  /** The agent's work folder as the run left it. */
  readonly workFolder: string;
  /** Removes all files of the run. */
  readonly remove: () => Promise<void>;
}

const defaultLimitMs = 240_000;

/** Hands a folder with all in it to a user. */
async function give(folder: string, { uid, gid }: PlainUser): Promise<void> {
  await execa('chown', ['--recursive', `${uid}:${gid}`, folder]);
}

async function writeFiles(folder: string, input: PipelineInput): Promise<void> {
  const { files = {}, resources = 'variables: {}\n', user } = input;
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(join(folder, 'pipeline.yml'), input.pipeline);
  await writeFile(join(folder, 'resources.yml'), resources, { mode: 0o600 });
  if (user !== undefined) await give(folder, user);
}

function launcherOf({ launcher, user }: PipelineInput): readonly string[] {
  return launcher ?? user?.launcher ?? [];
}

/** Runs a pipeline with the repository's bundled tasks, through the agent's command line as a user would. */
export async function runPipeline(input: PipelineInput): Promise<PipelineRun> {
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
  const file = (name: string): string => join(folder, name);
  await writeFiles(folder, input);
  const child = execa(
    'env',
    [
      ...launcherOf(input),
      ...[process.execPath, await builtAgent(), file('pipeline.yml')],
      ...['--resources', file('resources.yml'), '--work', file('work')],
      ...['--json', file('record.json'), ...(input.args ?? [])],
    ],
    {
      env: input.user?.environment ?? input.environment,
      all: true,
      reject: false,
      stdin: 'ignore',
      timeout: input.limitMs ?? defaultLimitMs,
    },
  );
  let cancelled = false;
  const cancel = (): void => {
    if (!cancelled) child.kill('SIGINT');
    cancelled = true;
  };
  input.cancel?.addEventListener('abort', cancel);
  for await (const line of child.iterable({ from: 'all' })) {
    input.onLine?.(line);
    if (input.cancelAt?.test(line) === true) cancel();
  }
  const { exitCode, all } = await child;
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const steps = await recordedSteps(file('record.json')).catch(() => []);
  return { exitCode, output: all, steps, workFolder: file('work'), remove };
}
