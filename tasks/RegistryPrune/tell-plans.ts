import { deletionOf, freedBytes } from '../../src/core/prune/freed-bytes.ts';
import { reportedRepository } from '../../src/core/prune/reported-repository.ts';
import type { RepositoryPlan } from '../../src/core/prune/repository-plan.ts';
import { type PrunedRepository, countOutcomes } from '../../src/core/report/prune-report.ts';
import { tagRows, totalRows } from '../../src/core/report/prune-rows.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import { table } from '../../src/core/text/table.ts';
import type { PruneRun } from './prune-run.ts';

/** Shows what shall happen to each tag, and why. */
export async function tellPlans(plans: readonly RepositoryPlan[], run: PruneRun): Promise<void> {
  const { host } = run.ports;
  const deletions = plans.map((plan) => deletionOf(plan, run.untagOnly));
  const repositories = deletions.map(({ plan, doomed }) => reportedRepository(plan, doomed.size));
  for (const repository of repositories.filter(({ tags }) => tags.length > 0)) {
    await host.group(titleOf(repository), () => {
      tellTags(repository, run);
      return Promise.resolve();
    });
  }
  table(totalRows(repositories, 'plan')).forEach((line) => {
    host.info(line);
  });
  tellUnused(plans, run);
  const bytes = formatBytes(freedBytes(deletions));
  const { deleted, untagged } = countOutcomes(repositories);
  if (deleted + untagged === 0) host.info('Nothing is to be deleted.');
  else if (!run.untagOnly) host.info(`This frees ${bytes}.`);
}

/** A rule that decides over nothing may have a typing error. */
function tellUnused(plans: readonly RepositoryPlan[], { policy, ports: { host } }: PruneRun): void {
  const used = new Set(plans.flatMap(({ tags }) => tags.map(({ rule }) => rule)));
  for (const { number } of policy.rules.filter((rule) => !used.has(rule.number))) {
    host.info(
      `Rule ${number} decides over no tag: none matches it, or all that do are protected or another rule's.`,
    );
  }
}

function titleOf({ name, tags }: PrunedRepository): string {
  const staying = tags.filter(({ outcome }) => outcome === 'kept').length;
  return `Plan for ${name}: ${tags.length - staying} go, ${staying} stay`;
}

function tellTags(repository: PrunedRepository, { policy, ports: { host } }: PruneRun): void {
  const { rows, left } = tagRows(repository, 'plan', policy.now);
  table(rows).forEach((line) => {
    host.info(line);
  });
  if (left > 0) host.info(`and ${left} more, which the report has`);
}
