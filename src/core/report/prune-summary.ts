import { escaped, markdownTable } from '../text/markdown.ts';
import { formatBytes, formatSeconds } from '../text/measures.ts';
import { type PruneReport, type PrunedRepository, countOutcomes } from './prune-report.ts';
import { type Tense, tagRows, totalRows } from './prune-rows.ts';

/** The report as Markdown for the Extensions tab. */
export function pruneSummary(report: PruneReport): string {
  const { repositories, dryRun, startedAt, failure = [] } = report;
  const tense = dryRun ? 'plan' : 'done';
  const changed = repositories.filter(({ tags }) => tags.some(({ outcome }) => outcome !== 'kept'));
  const parts = [
    [headline(report)],
    failure.map((line) => `- ${escaped(line)}`),
    markdownTable(totalRows(repositories, tense)),
    ...changed.map((one) => details(one, tense, Date.parse(startedAt))),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ repositories, dryRun, result, freedBytes, registry, ms }: PruneReport): string {
  const { deleted, untagged } = countOutcomes(repositories);
  const bytes = formatBytes(freedBytes);
  const tags = `${deleted + untagged} ${deleted + untagged === 1 ? 'tag' : 'tags'}`;
  if (dryRun) {
    return `**Dry run**: ${tags} of ${escaped(registry)} would go, and ${bytes} with them. Nothing was deleted.`;
  }
  const ended = result === 'succeeded' ? '' : ` (${result})`;
  if (deleted + untagged === 0) return `**Nothing** of ${escaped(registry)} was deleted${ended}.`;
  return `**${tags}** of ${escaped(registry)} deleted in ${formatSeconds(ms)}${ended}; the registry's next garbage collection frees ${bytes}.`;
}

function details(repository: PrunedRepository, tense: Tense, now: number): readonly string[] {
  const { rows, left } = tagRows(repository, tense, now);
  const more = left === 0 ? [] : ['', `And ${left} more; the JSON report has all.`];
  return [
    `<details><summary>${escaped(repository.name)}</summary>`,
    '',
    ...markdownTable(rows),
    ...more,
    '',
    '</details>',
  ];
}
