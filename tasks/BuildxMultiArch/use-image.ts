import { UserError, describeProblem } from '../../src/core/errors.ts';
import { budgetProblem } from '../../src/core/image/size-budget.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import { table } from '../../src/core/text/table.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { EndedBuild } from './ended-build.ts';
import { type InspectedImage, inspectImages } from './inspect-images.ts';
import { loadImage } from './load-image.ts';
import type { PlatformDigests } from './publish-image.ts';
import type { StepPaths } from './step-paths.ts';

/**
 * What is done with an image that is built and told: it is measured, loaded where that was asked for, and held against its
 * budget.
 * @throws UserError, CommandFailedError, CancelledError
 */
export async function useImage(
  build: EndedBuild,
  digests: PlatformDigests,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<void> {
  const { plan, settings } = build;
  const { image, exports } = plan.request;
  const [first] = image.references;
  const images =
    first === undefined ? [] : await inspectImages(first.name, digests, settings, ports);
  tellSizes(images, ports);
  if (exports.load === 'podman') await loadImage(build, images, paths, ports);
  checkBudget(build, images, ports);
}

function tellSizes(images: readonly InspectedImage[], { host }: Pick<TaskPorts, 'host'>): void {
  if (images.length === 0) return;
  const sizes = images.map(({ bytes }) => bytes);
  host.setOutput('size', String(Math.max(...sizes)));
  host.info('In the registry, compressed:');
  table(images.map(({ platform, bytes }) => [platform, formatBytes(bytes)])).forEach((line) => {
    host.info(`  ${line}`);
  });
}

function checkBudget(
  { plan }: EndedBuild,
  images: readonly InspectedImage[],
  { host }: Pick<TaskPorts, 'host'>,
): void {
  const { sizeBudget } = plan.request;
  const problem = sizeBudget === undefined ? undefined : budgetProblem(sizeBudget, images);
  if (problem === undefined) return;
  if (sizeBudget?.isStrict === true) throw new UserError([problem]);
  host.warning(describeProblem(problem));
}
