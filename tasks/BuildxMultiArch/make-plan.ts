import type { BakePlace } from '../../src/core/bake/bake-command.ts';
import type { Bake } from '../../src/core/bake/baked-targets.ts';
import { UserError } from '../../src/core/errors.ts';
import { ruleWarnings } from '../../src/core/image/tag-rules/apply-rules.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { type ChosenBuilder, targetsOf } from './choose-builder.ts';
import { planBake } from './plan-bake.ts';
import { planBuild } from './plan-build.ts';
import type { BuildPlan } from './planned-parts.ts';
import { readBakeChecks } from './read-checks.ts';
import type { CheckedRequest } from './read-request.ts';
import type { StepPaths } from './step-paths.ts';

/** With the targets of its bake file, where there is one. */
export interface KnownRequest extends CheckedRequest {
  readonly bake?: Bake;
}

/** Where and how the context is read; absent in a dry run. */
interface PlannedPlaces extends Pick<BakePlace, 'contextsOf'> {
  readonly context?: string;
  readonly checks?: string;
}

/**
 * @param chosen undefined in a dry run, which asks no builder
 * @throws UserError when the cache would take the place of the image
 */
export async function planFor(
  { request, builder, bake }: KnownRequest,
  chosen: ChosenBuilder | undefined,
  paths: StepPaths & PlannedPlaces,
  { host, files }: Pick<BuildTaskPorts, 'host' | 'files'>,
): Promise<BuildPlan> {
  const { wanted } = request.platforms;
  const targets =
    chosen === undefined ? wanted.map((platform) => ({ platform })) : targetsOf(chosen);
  const folder = request.sources.context;
  const plan =
    bake === undefined
      ? planBuild(request, targets, { builder, ...paths })
      : planBake(request, bake, targets, {
          ...{ builder, folder, ...paths },
          checksOf: await readBakeChecks(request, bake, files),
        });
  if (!plan.ok) throw new UserError(plan.problems);
  // Equal in all parts: they differ by platform only.
  const ofCommand = plan.value.parts[0]?.command.warnings ?? [];
  [...ruleWarnings(request.image.rules), ...ofCommand].forEach((warning) => {
    host.warning(warning);
  });
  return plan.value;
}
