import { chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type BundleRun, runBundle } from './run-bundle.ts';
import type { ServicesGround } from './services-ground.ts';

/** One job of an agent, with one step of PodmanServices in it: the task's own entries, no agent around them. */
export interface BundledJob {
  readonly id: string;
  readonly compose?: object;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly cancelAt?: RegExp | number;
  readonly cancelBy?: 'SIGINT' | 'SIGKILL';
  /** Before who runs the task, e.g. to enter namespaces. */
  readonly within?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface BundledStep {
  readonly main: BundleRun;
  /** The post-job step, with the job's status so far. */
  post(status: 'Succeeded' | 'Failed' | 'Canceled'): Promise<BundleRun>;
}

/** What the agent would fill in from task.json. */
const defaults = {
  ...{ command: 'up', pull: 'missing', ports: 'random', waitTimeout: '60', overallTimeout: '600' },
  ...{ maxParallel: '4', logs: 'never', stopTimeout: '0' },
};

/** All jobs of a ground run on one agent. */
export async function runBundledJob(ground: ServicesGround, job: BundledJob): Promise<BundledStep> {
  const { user, playground, folder } = ground;
  const temp = await mkdtemp(join(folder, 'temp-'));
  const work = join(folder, 'agent');
  await mkdir(work, { recursive: true });
  if (job.compose !== undefined) {
    await writeFile(join(temp, 'compose.yaml'), stringify(job.compose), { mode: 0o644 });
  }
  if (user !== undefined) for (const path of [temp, work]) await chown(path, user.uid, user.gid);
  const common = {
    task: 'PodmanServices',
    temp,
    launcher: [...(job.within ?? []), ...(user?.launcher ?? [])],
    environment: {
      ...(user?.environment ?? playground.environment),
      ...{ AGENT_WORKFOLDER: work, AGENT_NAME: 'agent one', SYSTEM_JOBID: job.id },
      ...job.environment,
    },
  } as const;
  const { cancelAt, cancelBy } = job;
  const main = await runBundle({
    ...common,
    entry: 'main',
    inputs: { ...defaults, ...job.inputs },
    ...(cancelAt === undefined ? {} : { cancelAt }),
    ...(cancelBy === undefined ? {} : { cancelBy }),
  });
  const { taskVariables } = main;
  const post: BundledStep['post'] = (status) => {
    const environment = { ...common.environment, AGENT_JOBSTATUS: status };
    return runBundle({ ...common, entry: 'cleanup', taskVariables, environment });
  };
  return { main, post };
}
