import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asks for. All paths are absolute. */
export interface Options {
  readonly pipeline: string;
  readonly resources: string | null;
  readonly tasks: readonly string[];
  /** `20`, `24` or a path; null leaves the choice to the agent's rules. */
  readonly node: string | null;
  readonly work: string | null;
  readonly repository: string | null;
  readonly json: string | null;
  /** Where runs are kept for later ones to read. */
  readonly history: string | null;
  readonly parameters: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
  readonly debug: boolean;
}

export const USAGE = `Runs the steps of an Azure Pipelines file on this machine, as the agent would.

Usage: npm run agent -- PIPELINE.yml [options]

  --resources FILE     variables, service connections, secure files, predefined variables (YAML or JSON);
                       default: local-agent.yml beside the pipeline, if it is there
  --tasks DIR          where tasks are: DIR/<Name>/task.json or DIR/<Name>/v<Major>/task.json (repeatable; default: tasks)
  --node 20|24|PATH    the Node that runs every task; default: as the agent chooses, which is Node 20
  --work DIR           the agent's work folder; default: a private temporary folder, removed at the end
  --repository DIR     what "checkout: self" gives; default: the folder of the pipeline file
  --json FILE          write the run's record to FILE
  --history DIR        keep the run and its attachments in DIR, and let tasks read the earlier runs that are there
  --parameter k=v      a value for a parameter of the pipeline (repeatable)
  --variable k=v       a variable for all jobs; wins over the file (repeatable)
  --debug              sets System.Debug
  --help

Exit code: 0 succeeded (with issues too), 1 failed, 2 something is wrong with the input (nothing was started), 130 canceled.`;

/** A mistake on the command line, said in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  resources: { type: 'string' },
  tasks: { type: 'string', multiple: true },
  node: { type: 'string' },
  work: { type: 'string' },
  repository: { type: 'string' },
  json: { type: 'string' },
  history: { type: 'string' },
  parameter: { type: 'string', multiple: true },
  variable: { type: 'string', multiple: true },
  debug: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Reads the command line; 'help' when that is all that is wanted. @throws UsageError */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [pipeline, ...more] = positionals;
  if (pipeline === undefined || more.length > 0) {
    throw new UsageError(`expected one pipeline file, found ${positionals.length}`);
  }
  const path = (value: string | undefined): string | null =>
    value === undefined ? null : resolve(value);
  return {
    pipeline: resolve(pipeline),
    resources: path(values.resources),
    tasks: (values.tasks ?? ['tasks']).map((folder) => resolve(folder)),
    node: values.node ?? null,
    work: path(values.work),
    repository: path(values.repository),
    json: path(values.json),
    history: path(values.history),
    parameters: pairs('--parameter', values.parameter),
    variables: pairs('--variable', values.variable),
    debug: values.debug ?? false,
  };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function pairs(option: string, given: readonly string[] = []): Map<string, string> {
  return new Map(
    given.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new UsageError(`expected ${option} NAME=VALUE, found "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
