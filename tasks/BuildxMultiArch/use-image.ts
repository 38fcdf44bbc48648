import { UserError, describeProblem } from '../../src/core/errors.ts';
import { budgetProblem } from '../../src/core/image/size-budget.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { EndedBuild } from './ended-build.ts';
import type { PlatformImages } from './find-images.ts';
import { loadImage } from './load-image.ts';
import type { StepPaths } from './step-paths.ts';

/**
 * What is done with an image that is built and told: it is loaded where that was asked for, and held against its budget.
 * @throws UserError, CommandFailedError, CancelledError
 */
export async function useImage(
  build: EndedBuild,
  images: PlatformImages,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<void> {
  if (build.plan.request.exports.load === 'podman') await loadImage(build, images, paths, ports);
  checkBudget(build, images, ports);
}

function checkBudget(
  { plan }: EndedBuild,
  images: PlatformImages,
  { host }: Pick<TaskPorts, 'host'>,
): void {
  const { sizeBudget } = plan.request;
  if (sizeBudget === undefined) return;
  const measured = Object.entries(images).flatMap(([platform, { size }]) =>
    size === undefined ? [] : [{ platform, size }],
  );
  const problem = budgetProblem(sizeBudget, measured);
  if (problem === undefined) return;
  if (sizeBudget.isStrict) throw new UserError([problem]);
  host.warning(describeProblem(problem));
}
