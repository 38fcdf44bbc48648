import { type CacheShare, percentCached } from '../../src/core/buildx/progress.ts';
import type { Problem } from '../../src/core/errors.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { reportedStep } from '../../src/core/report/build-facts.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import { breakTexts } from '../../src/core/report/cache-section.ts';
import { stepRows } from '../../src/core/report/step-rows.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import { table } from '../../src/core/text/table.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import { exportLines } from './explain-request.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { PlatformImages } from './find-images.ts';
import type { OutcomeFailure } from './relay-part.ts';
import type { BuildOutcome } from './run-build.ts';

/** Steps, their times and the share of the cache. */
export function tellSteps(outcome: BuildOutcome, share: CacheShare, host: TaskHost): void {
  if (outcome.steps.length > 0) {
    table(stepRows(outcome.steps.map(reportedStep))).forEach((line) => {
      host.info(line);
    });
  }
  const { cached, reached } = share;
  if (reached === 0 && outcome.result !== 'succeeded') return;
  host.info(`User steps cached: ${cached} of ${reached} (${percentCached(share)} %)`);
}

/** Where the cache broke and why, as far as a comparison with an earlier run tells. */
export function tellBreaks(report: BuildReport, host: TaskHost): void {
  const told = breakTexts(report);
  if (told.length > 0) host.info('Where the cache broke:');
  told.forEach((text) => {
    host.info(`  ${text}`);
  });
}

/** What went wrong with the cache, which is never worse than slow: one warning for reading, one for writing. */
export function warnOfCache({ troubles }: Pick<BuildOutcome, 'troubles'>, host: TaskHost): void {
  const reads = troubles.filter(({ kind }) => kind === 'import-failed');
  const writes = troubles.filter(({ kind }) => kind === 'export-failed');
  if (reads[0] !== undefined) {
    const { cache, message } = reads[0];
    host.warning(`cacheRepository: the cache ${cache} could not be read${more(reads)}: ${message}`);
  }
  if (writes[0] !== undefined) {
    const effect = 'so the next build has less of it';
    host.warning(
      `cacheRepository: the cache was not written${more(writes)}, ${effect}: ${writes[0].message}`,
    );
  }
}

function more(troubles: readonly unknown[]): string {
  return troubles.length === 1 ? '' : ` (nor ${troubles.length - 1} other)`;
}

/** What was built, and where it is. */
export function tellImage(
  { request }: BuildPlan,
  outcome: BuildOutcome,
  images: PlatformImages,
  host: TaskHost,
): void {
  const time = formatSeconds(outcome.ms);
  const { digest } = outcome.metadata;
  const written = [
    ...exportLines(request.exports),
    ...outcome.images.flatMap((image) => image.written.map((file) => `files written to ${file}`)),
  ];
  if (!request.image.isPushed) {
    const where =
      written.length === 0 ? 'the result stays in the cache of the daemon' : written.join(', ');
    host.info(`Built in ${time}; not pushed, ${where}.`);
    return;
  }
  host.info(`Built and pushed in ${time}:`);
  const references = request.image.references.map(taggedReference);
  const rows = outcome.images.some(({ target }) => target !== undefined)
    ? targetRows(outcome)
    : imageRows(digest, images);
  [...references, ...written, ...table(rows)].forEach((line) => {
    host.info(`  ${line}`);
  });
}

function targetRows({ images }: BuildOutcome): readonly (readonly string[])[] {
  return images.map(({ target = '', digest = '', isPushed, written }) => {
    const files = written.length === 0 ? 'not pushed: it has no tags' : 'its files are written';
    return [target, isPushed ? digest : files];
  });
}

function imageRows(
  digest: string | undefined,
  images: PlatformImages,
): readonly (readonly string[])[] {
  return [
    ...(digest === undefined ? [] : [['digest', digest]]),
    ...Object.entries(images).map(([platform, one]) => [
      platform,
      one.digest,
      one.size === undefined ? '' : formatBytes(one.size),
    ]),
  ];
}

/** The last lines of the step that failed, where they cannot be overlooked; then the problem for the issue list. */
export function tellFailure(failure: OutcomeFailure, host: TaskHost): Problem {
  const { kind, vertex, lastLines, lastWords, what, change, place } = failure;
  if (vertex !== undefined && lastLines.length > 0) {
    host.info(`Last lines of #${vertex.number ?? 0}:`);
    lastLines.forEach((line) => {
      host.info(`  ${line}`);
    });
  }
  // BuildKit's own steps, as a push, log what their error says anyway.
  const said = kind !== 'step' || lastWords === undefined ? '' : ` It said: "${lastWords.trim()}".`;
  return { what: `${what}${said}`, change, ...(place === undefined ? {} : { place }) };
}
