import { stepPlace } from '../buildx/step-name.ts';
import { shorten } from '../text/measures.ts';
import { escaped } from '../text/markdown.ts';
import type { BuildReport } from './build-report.ts';
import { describeCause } from './describe-cause.ts';

const shownText = 80;

/** Where the cache broke and why, as Markdown; with what went wrong with the cache itself. */
export function cacheSection(report: BuildReport): readonly string[] {
  const { troubles, breaks, comparison } = report.cache;
  const lines = [
    ...breaks
      .filter(({ cause }) => cause.kind !== 'no-earlier-run')
      .map((one) => `- ${escaped(breakText(one, report))}`),
    ...troubles
      .filter(({ kind }) => kind !== 'first-run')
      .map(
        ({ kind, message }) =>
          `- Cache ${kind === 'export-failed' ? 'not written' : 'not read'}: ${escaped(message)}`,
      ),
  ];
  const compared = breaks.length === 0 ? [] : [escaped(comparisonText(comparison))];
  if (lines.length + compared.length === 0) return [];
  const list = lines.length === 0 ? [] : [...lines, ''];
  return ['**Where the cache broke**', '', ...list, ...compared];
}

/** e.g. `linux/arm64, build 2/3 "COPY app.txt /": files changed: app.txt`. */
export function breakText(
  { platform, step: at, cause }: BuildReport['cache']['breaks'][number],
  { steps }: Pick<BuildReport, 'steps'>,
): string {
  const step = steps[at];
  const place =
    step === undefined ? '' : stepPlace({ ...step, platform: undefined, stage: step.stage });
  const where = [platform, place].filter(Boolean).join(', ');
  return `${where} "${shorten(step?.instruction ?? '', shownText)}": ${describeCause(cause)}`;
}

function comparisonText(comparison: BuildReport['cache']['comparison']): string {
  return comparison.kind === 'none'
    ? `Why steps ran is not known: ${comparison.reason}.`
    : `Compared with run ${comparison.name} (${comparison.id}) of ${comparison.branch}.`;
}
