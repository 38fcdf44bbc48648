import { relative } from 'node:path/posix';
import { isStageOf } from '../../src/core/bake/target-events.ts';
import { type CacheShare, cacheShare } from '../../src/core/buildx/progress.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import { type BuildFacts, buildFacts, platformFacts } from '../../src/core/report/build-facts.ts';
import { type BuildReport, redacted } from '../../src/core/report/build-report.ts';
import { cacheBreaks } from '../../src/core/report/cache-breaks.ts';
import { type UsedContext, reportedContexts } from '../../src/core/report/reported-contexts.ts';
import type { Comparison } from './compare-run.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { PlatformImages } from './find-images.ts';
import type { OutcomeFailure } from './relay-part.ts';
import { reportedBuilder } from './reported-builder.ts';
import type { BuildOutcome } from './run-build.ts';

/** Everything that is known at the end. */
export interface FinishedBuild {
  readonly plan: BuildPlan;
  readonly builder: ChosenBuilder;
  readonly buildxVersion: string;
  readonly outcome: BuildOutcome;
  readonly share: CacheShare;
  /** By platform. */
  readonly images: PlatformImages;
  /** What the contexts held that were read. */
  readonly contexts: readonly UsedContext[];
}

/** Where the report is made. */
export interface ReportPlace {
  /** The folder of the sources. */
  readonly root: string;
  readonly redact: (text: string) => string;
}

/** The report of a build, without secrets: the agent does not mask what is attached. */
export function reportOf(build: FinishedBuild, { root, redact }: ReportPlace): BuildReport {
  const { plan, outcome, contexts } = build;
  const { failure } = outcome;
  const facts = buildFacts(outcome.table, outcome.steps);
  const report: BuildReport = {
    schema: 'daemonless.build',
    version: 1,
    result: outcome.result,
    startedAt: new Date(outcome.startedAtMs).toISOString(),
    ms: outcome.ms,
    builder: reportedBuilder(build),
    platforms: platformsOf(build, facts),
    image: imageOf(build),
    ...targetsOf(build),
    cache: cacheOf(build, plan),
    ...facts,
    lint: outcome.lint.map((finding) => ({ ...finding, ...shownPath(finding, root) })),
    ...(failure === undefined ? {} : { failure: reportedFailure(failure, root) }),
  };
  // Paths are keys, which `redacted` leaves alone.
  const read = contexts.map(({ uses, files }) => ({
    ...{ uses, files: files.map((file) => ({ ...file, path: redact(file.path) })) },
  }));
  return { ...redacted(report, redact), ...reportedContexts(read) };
}

/**
 * The same report with where the cache broke and why, by an earlier run of the step. It is asked for only when
 * something was not cached.
 */
export async function withBreaks(
  report: BuildReport,
  findEarlier: () => Promise<Comparison>,
): Promise<BuildReport> {
  if (cacheBreaks(report, undefined).length === 0) return report;
  const { told, report: earlier } = await findEarlier();
  const breaks = [...cacheBreaks(report, earlier)];
  return { ...report, cache: { ...report.cache, breaks, comparison: told } };
}

function platformsOf(
  { builder, outcome, images }: FinishedBuild,
  facts: BuildFacts,
): BuildReport['platforms'] {
  return builder.platforms.map(({ platform, isEmulated }) => {
    const name = formatPlatform(platform);
    const { digest, size } = images[name] ?? {};
    return {
      ...{ platform: name, isEmulated, ...platformFacts(facts, outcome.steps, name) },
      ...(digest === undefined ? {} : { digest }),
      ...(size === undefined ? {} : { size }),
    };
  });
}

/** Steps that targets share count for the one whose name they have. */
function targetsOf({ plan, outcome }: FinishedBuild): Pick<BuildReport, 'targets'> {
  if (plan.targets.length === 0) return {};
  const targets = outcome.images.map(({ target: name = '', references, digest }) => {
    const steps = outcome.steps.filter(({ stage }) => isStageOf(stage, name, plan.targets));
    return {
      ...{ name, references: references.map(taggedReference), ...cacheShare(steps) },
      ...(digest === undefined ? {} : { digest }),
    };
  });
  return { targets };
}

function imageOf({ plan, outcome, images }: FinishedBuild): BuildReport['image'] {
  const { digest } = outcome.metadata;
  const digests = Object.entries(images).map(([name, image]) => [name, image.digest] as const);
  return {
    references: plan.request.image.references.map(taggedReference),
    isPushed: plan.request.image.isPushed,
    ...(digest === undefined ? {} : { digest }),
    digests: Object.fromEntries(digests),
  };
}

function cacheOf({ share, outcome }: FinishedBuild, { parts }: BuildPlan): BuildReport['cache'] {
  const caches = parts.flatMap((part) => part.caches);
  return {
    ...share,
    from: caches.flatMap(({ from }) => from),
    to: caches.flatMap(({ to }) => to ?? []),
    troubles: [...outcome.troubles],
    breaks: [],
    comparison: { kind: 'none', reason: 'every step was cached' },
  };
}

/** As people know a file: from the folder of the sources. */
function shownPath({ path }: { readonly path?: string | undefined }, root: string) {
  if (path === undefined) return {};
  return { path: path.startsWith(`${root}/`) ? relative(root, path) : path };
}

function reportedFailure(
  failure: OutcomeFailure,
  root: string,
): NonNullable<BuildReport['failure']> {
  const { kind, what, change, place, lastLines } = failure;
  return {
    ...{ kind, what, change, lastLines: [...lastLines] },
    ...shownPath(place ?? {}, root),
    ...(place?.line === undefined ? {} : { line: place.line }),
  };
}
