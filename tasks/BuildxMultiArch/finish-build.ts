import { CancelledError, UserError } from '../../src/core/errors.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './plan-build.ts';
import { exportCaches } from './export-caches.ts';
import { findPlatformDigests, setOutputs } from './publish-image.ts';
import { reportBuild } from './report-build.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';
import { tellFailure, tellImage, tellSteps, warnOfCache } from './tell-outcome.ts';

/** A build that has ended, with what it was. */
export interface EndedBuild {
  readonly plan: BuildPlan;
  readonly builder: ChosenBuilder;
  readonly settings: BuildxSettings;
  readonly outcome: BuildOutcome;
}

/**
 * Outputs first, then what people read; the result of the build is the result of the step.
 * @throws UserError for a failed build, CancelledError
 */
export async function finishBuild(
  build: EndedBuild,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<void> {
  const { plan, builder, settings } = build;
  const { host } = ports;
  const share = setOutputs(plan, build.outcome, paths, host);
  const outcome = await withCacheExport(build, ports);
  const digests =
    outcome.result === 'succeeded'
      ? await findPlatformDigests(plan, outcome, builder, settings, ports)
      : {};
  tellSteps(outcome, share, host);
  warnOfCache(outcome, host);
  const buildxVersion = settings.buildx.version;
  await reportBuild({ plan, builder, buildxVersion, outcome, share, digests }, paths, ports);
  if (outcome.result === 'canceled') throw new CancelledError('the build');
  if (outcome.failure !== undefined) throw new UserError([tellFailure(outcome.failure, host)]);
  tellImage(plan, outcome, digests, host);
}

/** The image is there already, so nothing that goes wrong here is more than a trouble. */
async function withCacheExport(
  { plan, settings, outcome }: EndedBuild,
  ports: TaskPorts,
): Promise<BuildOutcome> {
  if (outcome.result !== 'succeeded') return outcome;
  const troubles = await exportCaches(plan, settings, ports);
  return { ...outcome, troubles: [...outcome.troubles, ...troubles] };
}
