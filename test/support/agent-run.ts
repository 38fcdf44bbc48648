import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../local-agent/cli/options.ts';
import { runPipeline } from '../../local-agent/cli/run-pipeline.ts';

/** One step's part in a run's record, as `--json` writes it. */
export interface RecordedStep {
  readonly name: string;
  readonly displayName: string;
  readonly task: string;
  readonly phase: string;
  readonly result: string;
  readonly node: string | null;
  readonly issues: readonly Readonly<Record<string, string>>[];
  readonly events: readonly {
    readonly event: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly message: string;
  }[];
  readonly outputVariables: Readonly<Record<string, string>>;
  readonly attachments: readonly {
    readonly type: string;
    readonly name: string;
    readonly stored: string;
  }[];
}

export interface AgentRun {
  readonly result: string;
  readonly lines: readonly string[];
  /** Only what tasks printed on lines like `name=value`. */
  readonly values: ReadonlyMap<string, string>;
  readonly steps: readonly RecordedStep[];
  readonly work: string;
}

export interface AgentInput {
  readonly pipeline: string;
  readonly resources?: string;
  readonly args?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly cancel?: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** The command line leads its own process group, as a shell's job does. */
  readonly detached?: boolean;
  /** False: a private temporary work folder, as without `--work`. */
  readonly work?: boolean;
}

const ROOT = join(import.meta.dirname, '..', '..');
const TASKS = join(ROOT, 'test', 'fixtures', 'agent-tasks');

/** Where fixture tasks find the task library, although the agent unpacks them elsewhere. */
process.env['NODE_PATH'] = join(ROOT, 'node_modules');

const folders: string[] = [];

/** Runs a pipeline in this process; its steps are real processes. Call `removeRuns` afterwards. */
export async function runAgent(input: AgentInput): Promise<AgentRun> {
  const { folder, args } = await prepare(input);
  const options = parseOptions(args);
  if (options === 'help') throw new Error('no pipeline');
  const lines: string[] = [];
  const sink = (line: string): void => {
    lines.push(line);
    input.onLine?.(line);
  };
  const result = await runPipeline(options, sink, input.cancel ?? new AbortController().signal);
  const steps = await recordedSteps(join(folder, 'record.json'));
  return { result, lines, values: valuesOf(lines), steps, work: join(folder, 'work') };
}

/** Starts the command line itself, as a user would. */
export async function startAgent(
  input: AgentInput,
): Promise<{ child: ChildProcess; folder: string }> {
  const { folder, args } = await prepare(input);
  const program = ['--import', 'tsx', join(ROOT, 'local-agent', 'main.ts'), ...args];
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: input.detached ?? false,
  });
  return { child, folder };
}

export async function recordedSteps(file: string): Promise<RecordedStep[]> {
  const record = JSON.parse(await readFile(file, 'utf8')) as { jobs: { steps: RecordedStep[] }[] };
  return record.jobs.flatMap(({ steps }) => steps);
}

export async function removeRuns(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

async function prepare(input: AgentInput): Promise<{ folder: string; args: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-test-'));
  folders.push(folder);
  const files = { 'pipeline.yml': input.pipeline, ...input.files };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  if (input.resources) await writeFile(join(folder, 'local-agent.yml'), input.resources);
  const args = [
    join(folder, 'pipeline.yml'),
    '--tasks',
    TASKS,
    '--json',
    join(folder, 'record.json'),
  ];
  if (input.work !== false) args.push('--work', join(folder, 'work'));
  return { folder, args: [...args, ...(input.args ?? [])] };
}

function valuesOf(lines: readonly string[]): Map<string, string> {
  const pairs = lines
    .map((line) => /^([\w.-]+)=(.*)$/.exec(line))
    .filter((match) => match !== null);
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]));
}
