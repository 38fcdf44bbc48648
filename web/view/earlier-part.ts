import { percentCached } from '../../src/core/buildx/progress.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import type { EarlierRun } from '../run/earlier-runs.ts';
import { bar } from './bars.ts';
import { link } from './element.ts';
import { part } from './part.ts';
import { resultStatus } from './status.ts';
import { table } from './table.ts';

const headings = ['Run', 'Result', 'From the cache', 'Size', 'Time', 'Time as a bar'];

/** How the same build went before; undefined when it did not. */
export function earlierPart(
  runs: readonly EarlierRun[],
  addressOf: (id: number) => string,
): HTMLElement | undefined {
  if (runs.length === 0) return undefined;
  const longest = Math.max(1, ...runs.map(({ ms }) => ms));
  const rows = runs.map(({ id, name, result, ms, size, ...cache }) => [
    link(addressOf(id), name),
    resultStatus(result),
    cache.reached === 0 ? '' : `${percentCached(cache)} %`,
    size === undefined ? '' : formatBytes(size),
    formatSeconds(ms),
    bar([{ span: [0, ms], kind: 'beside' }], longest, formatSeconds(ms)),
  ]);
  return part(
    'Earlier runs of the branch',
    table({ caption: 'Earlier runs of the branch', headings, rows, numbers: [2, 3, 4] }),
  );
}
