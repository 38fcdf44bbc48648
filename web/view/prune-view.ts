import type { PruneReport, PrunedRepository } from '../../src/core/report/prune-report.ts';
import { type Tense, tagRows, totalRows } from '../../src/core/report/prune-rows.ts';
import { formatBytes, formatSeconds } from '../../src/core/text/measures.ts';
import { type Child, code, element } from './element.ts';
import { facts, folded, list, part } from './part.ts';
import { resultStatus } from './status.ts';
import { table } from './table.ts';

/** The report of one RegistryPrune step. */
export function pruneView(report: PruneReport): Child[] {
  const { result, ms, registry, repositories, freedBytes, dryRun, failure = [] } = report;
  const tense = dryRun ? 'plan' : 'done';
  const [headings = [], ...rows] = totalRows(repositories, tense);
  const numbers = headings.map((_, at) => at).slice(1);
  return [
    failure.length === 0 ? undefined : element('div', { class: 'failure' }, list(failure)),
    facts([
      ['Result', resultStatus(result)],
      ['Time', formatSeconds(ms)],
      ['Registry', code(registry)],
      [dryRun ? 'Would free' : 'Frees', formatBytes(freedBytes)],
      ['Dry run', dryRun ? 'nothing was deleted' : ''],
    ]),
    part('Repositories', table({ caption: 'Repositories', headings, rows, numbers })),
    ...repositories
      .filter(({ tags }) => tags.length > 0)
      .map((one) => tagsPart(one, tense, Date.parse(report.startedAt))),
  ];
}

function tagsPart(repository: PrunedRepository, tense: Tense, now: number): HTMLElement {
  const { rows, left } = tagRows(repository, tense, now);
  const [headings = [], ...body] = rows;
  const caption = `Tags of ${repository.name}`;
  const more = left === 0 ? undefined : element('p', {}, `And ${left} more in the report itself.`);
  return folded(caption, table({ caption, headings, rows: body, numbers: [2, 3] }), more);
}
