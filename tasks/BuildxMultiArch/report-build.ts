import { type CacheShare, type StepResult } from '../../src/core/buildx/progress.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import {
  type BuildReport,
  type ReportedStep,
  redacted,
  reportType,
} from '../../src/core/report/build-report.ts';
import { buildSummary } from '../../src/core/report/build-summary.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './plan-build.ts';
import type { PlatformDigests } from './publish-image.ts';
import type { OutcomeFailure } from './relay-part.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';

/** Everything that is known at the end. */
export interface FinishedBuild {
  readonly plan: BuildPlan;
  readonly builder: ChosenBuilder;
  readonly buildxVersion: string;
  readonly outcome: BuildOutcome;
  readonly share: CacheShare;
  readonly digests: PlatformDigests;
}

/** Attaches the report and shows the summary; the agent masks neither, so we do. */
export async function reportBuild(
  build: FinishedBuild,
  paths: StepPaths,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  const report = redacted(reportOf(build), (text) => host.redact(text));
  await files.writeText(paths.reportFile, `${JSON.stringify(report, undefined, 1)}\n`);
  await files.writeText(paths.summaryFile, buildSummary(report));
  host.attach(reportType, 'build', paths.reportFile);
  host.uploadSummary(paths.summaryFile);
}

function reportOf(build: FinishedBuild): BuildReport {
  const { plan, builder, outcome, share, digests } = build;
  const { failure, metadata } = outcome;
  return {
    schema: 'daemonless.build',
    version: 1,
    result: outcome.result,
    startedAt: new Date(outcome.startedAtMs).toISOString(),
    ms: outcome.ms,
    builder: { name: builder.name, nodes: [...builder.nodes], buildxVersion: build.buildxVersion },
    platforms: builder.platforms.map(({ platform, isEmulated }) => ({
      platform: formatPlatform(platform),
      isEmulated,
    })),
    image: {
      references: plan.request.image.references.map(taggedReference),
      isPushed: plan.request.image.isPushed,
      ...(metadata.digest === undefined ? {} : { digest: metadata.digest }),
      digests: { ...digests },
    },
    cache: {
      ...share,
      from: plan.parts.flatMap(({ cache }) => cache.from),
      to: plan.parts.flatMap(({ cache }) => cache.to ?? []),
      troubles: [...outcome.troubles],
    },
    steps: outcome.steps.map(reportedStep),
    ...(failure === undefined ? {} : { failure: reportedFailure(failure) }),
  };
}

export function reportedStep(step: StepResult): ReportedStep {
  const { platform, stage, index, count, instruction, outcome, ms } = step;
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(stage === undefined ? {} : { stage }),
    ...{ index, count, instruction, outcome, ms },
  };
}

function reportedFailure(failure: OutcomeFailure): NonNullable<BuildReport['failure']> {
  const { kind, what, change, place, lastLines } = failure;
  return {
    ...{ kind, what, change, lastLines: [...lastLines] },
    ...(place === undefined ? {} : { path: place.path }),
    ...(place?.line === undefined ? {} : { line: place.line }),
  };
}
