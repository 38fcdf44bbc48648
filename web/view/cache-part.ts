import type { BuildReport } from '../../src/core/report/build-report.ts';
import { breakTexts, troubleTexts } from '../../src/core/report/cache-section.ts';
import { code, element, link } from './element.ts';
import { list, part } from './part.ts';

/** Where the cache broke and why, and where it lies; nothing of a build without one that had nothing to run. */
export function cachePart(
  report: BuildReport,
  runAddress: (id: number) => string,
): HTMLElement | undefined {
  const texts = breakTexts(report).map((text) => `Broke at ${text}`);
  const items = list([...texts, ...troubleTexts(report)]);
  const { breaks, comparison } = report.cache;
  const compared = breaks.length === 0 ? undefined : comparedWith(comparison, runAddress);
  return part(
    'Cache',
    items,
    compared,
    places('Reads from', report.cache.from),
    places('Writes to', report.cache.to),
  );
}

function places(what: string, references: readonly string[]): HTMLElement | undefined {
  if (references.length === 0) return undefined;
  return element(
    'p',
    {},
    `${what} `,
    ...references.flatMap((one, at) => [at === 0 ? '' : ', ', code(one)]),
  );
}

function comparedWith(
  comparison: BuildReport['cache']['comparison'],
  runAddress: (id: number) => string,
): HTMLElement {
  if (comparison.kind === 'none') {
    return element('p', {}, `Why steps ran is not known: ${comparison.reason}.`);
  }
  const { id, name, branch } = comparison;
  const run = link(runAddress(id), `run ${name}`);
  return element('p', {}, 'Compared with ', run, ` of ${branch.replace(/^refs\/heads\//, '')}.`);
}
