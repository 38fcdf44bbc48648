import { CancelledError, UserError } from '../../src/core/errors.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';
import { earlierReport, nameOfReport } from './compare-run.ts';
import type { EndedBuild } from './ended-build.ts';
import { exportCaches } from './export-caches.ts';
import { type PlatformImages, findImages } from './find-images.ts';
import { saveMounts } from './keep-mounts.ts';
import { setOutputs } from './publish-image.ts';
import { historyRefs, publishRecords } from './publish-record.ts';
import { publishReport } from './publish-report.ts';
import { type FinishedBuild, reportOf, withBreaks } from './report-build.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';
import { lintProblems, warnOfLint } from './tell-lint.ts';
import { tellBreaks, tellFailure, tellImage, tellSteps, warnOfCache } from './tell-outcome.ts';
import { useImage } from './use-image.ts';

/**
 * Outputs first, then what people read; the result of the build is the result of the step.
 * @throws UserError for a failed build, CancelledError
 */
export async function finishBuild(
  build: EndedBuild,
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<void> {
  const { plan, outcome } = build;
  const { host, cancellation } = ports;
  const images = await tellAll(build, paths, ports);
  if (outcome.result === 'canceled') throw new CancelledError('the build');
  if (cancellation.aborted) throw new CancelledError('what follows the build');
  if (outcome.failure !== undefined) {
    const problems = lintProblems(outcome.lint, plan.request.report);
    const isLint = outcome.failure.kind === 'lint' && problems.length > 0;
    throw new UserError(isLint ? problems : [tellFailure(outcome.failure, host)]);
  }
  tellImage(plan, outcome, images, host);
  await useImage(build, images, paths, ports);
}

async function tellAll(
  build: EndedBuild,
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<PlatformImages> {
  const { plan, builder, settings } = build;
  const { host } = ports;
  const { report: wanted } = plan.request;
  const share = setOutputs(plan, build.outcome, paths, host);
  const refs = await historyRefs(plan, ports);
  const outcome = await withCacheExport(build, ports);
  const goesOn = (): boolean => outcome.result === 'succeeded' && !ports.cancellation.aborted;
  if (goesOn()) await saveMounts(build, share, ports);
  const images = goesOn() ? await findImages(plan, outcome, builder, settings, ports) : {};
  tellSteps(outcome, share, host);
  warnOfCache(outcome, host);
  warnOfLint(outcome.lint, wanted, host);
  const finished = { ...build, outcome, buildxVersion: settings.buildx.version, share, images };
  await tellReport(finished, paths, ports);
  if (wanted.isRecorded && !ports.cancellation.aborted) {
    await publishRecords(refs, settings, paths, ports);
  }
  return images;
}

/** The image is there already, so nothing that goes wrong here is more than a trouble. */
async function withCacheExport(
  { plan, settings, outcome }: EndedBuild,
  ports: BuildTaskPorts,
): Promise<BuildOutcome> {
  if (outcome.result !== 'succeeded') return outcome;
  const troubles = await exportCaches(plan, settings, ports);
  return { ...outcome, troubles: [...outcome.troubles, ...troubles] };
}

async function tellReport(
  finished: FinishedBuild,
  paths: StepPaths,
  ports: BuildTaskPorts,
): Promise<void> {
  const { request } = finished.plan;
  const root = ports.host.variable('Build.SourcesDirectory') ?? '/';
  const own = reportOf(finished, { root, redact: (text) => ports.host.redact(text) });
  const report = await withBreaks(own, () => earlierReport(request, ports));
  tellBreaks(report, ports.host);
  if (!request.report.isReported) return;
  await publishReport(report, nameOfReport(request, ports.host), paths, ports);
}
