import { CancelledError, UserError } from '../../src/core/errors.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { EndedBuild } from './ended-build.ts';
import { findPlatformDigests, setOutputs } from './publish-image.ts';
import { reportBuild } from './report-build.ts';
import type { StepPaths } from './step-paths.ts';
import { tellFailure, tellImage, tellSteps, warnOfCache } from './tell-outcome.ts';
import { useImage } from './use-image.ts';

/**
 * Outputs first, then what people read; the result of the build is the result of the step.
 * @throws UserError for a failed build, CancelledError
 */
export async function finishBuild(
  build: EndedBuild,
  paths: StepPaths,
  ports: TaskPorts,
): Promise<void> {
  const { plan, builder, settings, outcome } = build;
  const { host } = ports;
  const share = setOutputs(plan, outcome, paths, host);
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
  await useImage(build, digests, paths, ports);
}
