import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type PipelineRun, runPipeline } from './run-pipeline.ts';
import type { PlainUser } from './plain-user.ts';
import { mustRun } from './run-tool.ts';

type Inputs = Readonly<Record<string, string | boolean>>;

export interface ServicesJob {
  /** The compose file, as YAML or as its data; absent: there is none. */
  readonly compose?: string | object;
  readonly inputs?: Inputs;
  /** What a later step does with the services. */
  readonly script?: string;
  /** YAML, as `--resources` takes it. */
  readonly resources?: string;
  readonly args?: readonly string[];
  readonly cancelAt?: RegExp;
  readonly user?: PlainUser;
  /** More steps of the job, after the script. */
  readonly steps?: readonly object[];
}

/** Runs a job with PodmanServices@1, named `services`, and a script after it; the caller removes the run. */
export async function runServicesJob(
  job: ServicesJob,
  environment: Readonly<Record<string, string>>,
): Promise<PipelineRun> {
  const folder = await mkdtemp(join(tmpdir(), 'services-job-'));
  await chmod(folder, 0o755);
  const composeFile = join(folder, 'compose.yaml');
  const text = typeof job.compose === 'string' ? job.compose : stringify(job.compose);
  if (job.compose !== undefined) await writeFile(composeFile, text);
  const files = job.compose === undefined ? {} : { composeFile };
  const pipeline = stringify({
    steps: [
      { checkout: 'none' },
      { task: 'PodmanServices@1', name: 'services', inputs: { ...files, ...job.inputs } },
      ...(job.script === undefined ? [] : [{ bash: job.script }]),
      ...(job.steps ?? []),
    ],
  });
  const { resources, args, cancelAt, user } = job;
  const run = await runPipeline({
    pipeline,
    environment,
    ...(resources === undefined ? {} : { resources }),
    ...(args === undefined ? {} : { args }),
    ...(user === undefined ? {} : { user }),
    ...(cancelAt === undefined ? {} : { cancelAt }),
  });
  await rm(folder, { recursive: true, force: true });
  return run;
}

/** Containers, networks, volumes and secrets that Podman still has, Podman's own network aside. */
export async function podmanObjects(
  { environment }: Pick<Playground, 'environment'>,
  user?: PlainUser,
): Promise<readonly string[]> {
  const lists = [
    ['ps', '--all', '--external', '--format', '{{.Names}}'],
    ['network', 'ls', '--format', '{{.Name}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
    ['secret', 'ls', '--format', '{{.Name}}'],
  ];
  const podman = [...(user?.launcher ?? []), 'podman', '--log-level=error'];
  const env = { ...(user?.environment ?? environment) };
  const found = await Promise.all(lists.map((list) => mustRun(['env', ...podman, ...list], env)));
  const names = found.flatMap((output) => output.split('\n'));
  return names.filter((name) => name !== '' && name !== 'podman');
}
