import { stepPlace } from '../buildx/step-name.ts';
import { shorten } from '../text/measures.ts';
import { escaped } from '../text/markdown.ts';
import type { BuildReport } from './build-report.ts';
import { describeCause } from './describe-cause.ts';
import { withoutOptions } from './step-rows.ts';

const shownText = 80;

/** Where the cache broke and why, as Markdown; with what went wrong with the cache itself. */
export function cacheSection(report: BuildReport): readonly string[] {
  const { breaks, comparison } = report.cache;
  const lines = [...breakTexts(report), ...troubleTexts(report)].map(
    (text) => `- ${escaped(text)}`,
  );
  const compared = breaks.length === 0 ? [] : [escaped(comparisonText(comparison))];
  if (lines.length + compared.length === 0) return [];
  const list = lines.length === 0 ? [] : [...lines, ''];
  return ['**Where the cache broke**', '', ...list, ...compared];
}

/**
 * What is known of the breaks, platforms with equal ones together, e.g.
 * `linux/amd64, linux/arm64: build 2/3 "COPY app.txt /": files changed: app.txt`.
 */
export function breakTexts({ cache, steps }: BuildReport): readonly string[] {
  const platforms = new Map<string, readonly string[]>();
  for (const { platform, step: at, cause } of cache.breaks) {
    const step = steps[at];
    if (step === undefined || cause.kind === 'no-earlier-run') continue;
    const place = stepPlace({ ...step, platform: undefined, stage: step.stage });
    const instruction = shorten(withoutOptions(step.instruction), shownText);
    const text = `${place} "${instruction}": ${describeCause(cause)}`;
    platforms.set(text, [...(platforms.get(text) ?? []), ...(platform ? [platform] : [])]);
  }
  return [...platforms].map(([text, names]) =>
    names.length === 0 ? text : `${[...names].sort().join(', ')}: ${text}`,
  );
}

/** What went wrong with the cache itself; a first run is nothing wrong. */
export function troubleTexts({ cache }: BuildReport): readonly string[] {
  return cache.troubles
    .filter(({ kind }) => kind !== 'first-run')
    .map(
      ({ kind, message }) =>
        `Cache ${kind === 'export-failed' ? 'not written' : 'not read'}: ${message}`,
    );
}

function comparisonText(comparison: BuildReport['cache']['comparison']): string {
  return comparison.kind === 'none'
    ? `Why steps ran is not known: ${comparison.reason}.`
    : `Compared with run ${comparison.name} (${comparison.id}) of ${comparison.branch}.`;
}
