import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Playground, PlaygroundOptions } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { builtTasks } from './built-tasks.ts';
import { networkTraces } from './network-traces.ts';
import { type PlainUser, reasonAgainstPlainUser, startPlainUser } from './plain-user.ts';
import type { PipelineRun } from './run-pipeline.ts';
import { mustRun } from './run-tool.ts';
import { type ServicesJob, podmanObjects, runServicesJob } from './services-job.ts';

/** Where jobs with services run for one test file; set up by `before`, cleared by `after`. */
export interface ServicesGround {
  readonly folder: string;
  readonly playground: Playground;
  /** Undefined: root. */
  readonly user: PlainUser | undefined;
  run(job: ServicesJob): Promise<PipelineRun>;
  /** What Podman still has of this ground's user. */
  left(): Promise<readonly string[]>;
  /** Also proves that rootful Podman left nothing on the machine's network. */
  remove(): Promise<void>;
}

/** A bundled task, a playground with the images that set-up made, and a Podman with nothing in it. */
export async function startServicesGround(
  as: 'root' | 'plain user',
  registries: PlaygroundOptions['registries'] = [],
): Promise<ServicesGround> {
  const folder = await mkdtemp(join(tmpdir(), 'services-'));
  await chmod(folder, 0o755);
  await builtTasks();
  const earlier = await networkTraces();
  const stateDir = join(folder, 'playground');
  const playground = await startPlayground({ stateDir, builders: [], registries });
  const user = as === 'root' ? undefined : await startPlainUser(playground, registries);
  const runs: PipelineRun[] = [];
  return {
    folder,
    playground,
    user,
    run: async (job) => {
      const withUser = user === undefined ? job : { ...job, user };
      const run = await runServicesJob(withUser, playground.environment);
      runs.push(run);
      return run;
    },
    left: () => podmanObjects(playground, user),
    remove: async () => {
      await Promise.all(runs.map((run) => run.remove()));
      await user?.remove();
      await playground.stop();
      await rm(folder, { recursive: true, force: true });
      const traces = await networkTraces();
      assert.deepEqual(
        traces.filter((trace) => !earlier.includes(trace)),
        [],
      );
    },
  };
}

/** Skips a suite of a plain user where there can be none, and says why. */
export async function skipWithoutPlainUser(context: Mocha.Context): Promise<void> {
  const reason = await reasonAgainstPlainUser();
  if (reason !== undefined) leaveOut(context, reason);
}

/** Skips a test that would fill all memory where root's Podman has no cgroup to limit it by, and says why. */
export async function skipWithoutLimits(
  context: Mocha.Context,
  { playground }: ServicesGround,
): Promise<void> {
  const format = ['--format', '{{.Host.CgroupControllers}}'];
  const controllers = await mustRun(['podman', 'info', ...format], playground.environment);
  if (!controllers.includes('memory')) leaveOut(context, 'no limits of memory in this cgroup');
}

/** Leaves out what the hook or test belongs to, and says why. */
export function leaveOut(context: Mocha.Context, reason: string): void {
  process.stdout.write(`      left out: ${reason}\n`);
  context.skip();
}

/** For `after`: a ground that `before` did not get to, or left out, is none. */
export async function leave(ground: ServicesGround | undefined): Promise<void> {
  await ground?.remove();
}
