import { join } from 'node:path/posix';
import { type Problem, describeProblem } from '../../src/core/errors.ts';
import { jobIdentity, jobSlug } from '../../src/core/job/identity.ts';
import type { DeletionProgress } from '../../src/core/prune/deletion-progress.ts';
import { type Deletion, deletionOf, freedBytes } from '../../src/core/prune/freed-bytes.ts';
import { reportedRepository } from '../../src/core/prune/reported-repository.ts';
import type { RepositoryPlan } from '../../src/core/prune/repository-plan.ts';
import { redacted, reportType } from '../../src/core/report/build-report.ts';
import { type PruneReport, countOutcomes } from '../../src/core/report/prune-report.ts';
import { totalRows } from '../../src/core/report/prune-rows.ts';
import { pruneSummary } from '../../src/core/report/prune-summary.ts';
import { formatBytes } from '../../src/core/text/measures.ts';
import { table } from '../../src/core/text/table.ts';
import type { PruneRun } from './prune-run.ts';

/** How the step ended. */
export interface Ended {
  readonly plans: readonly RepositoryPlan[];
  /** Absent when nothing was to be deleted yet. */
  readonly progress?: readonly DeletionProgress[];
  readonly problems?: readonly Problem[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly dryRun: boolean;
}

/** Prints what came of it, sets the outputs, and attaches the report. */
export async function reportPrune(ended: Ended, run: PruneRun): Promise<void> {
  const { host, files } = run.ports;
  const report = redacted(reportOf(ended, run), (text) => host.redact(text));
  tellResult(report, run);
  const variable = (name: string): string | undefined => host.variable(name);
  const identity = jobIdentity(variable);
  const job = `${identity.job}/${variable('System.TaskInstanceId') ?? ''}`;
  const slug = jobSlug({ ...identity, job });
  const folder = join(host.tempDirectory, 'daemonless', `prune-${slug}`);
  const paths = {
    json: join(folder, 'report.json'),
    md: join(folder, `Registry prune ${slug}.md`),
  };
  await files.writeText(paths.json, `${JSON.stringify(report)}\n`);
  await files.writeText(paths.md, pruneSummary(report));
  host.attach(reportType, 'prune', paths.json);
  host.uploadSummary(paths.md);
  const { kept, deleted, untagged, skipped, failed } = countOutcomes(report.repositories);
  host.setOutput('deleted', String(deleted + untagged));
  host.setOutput('kept', String(kept + skipped + failed));
  host.setOutput('freedBytes', String(report.freedBytes));
  host.setOutput('report', paths.json);
}

function reportOf(
  { plans, progress, problems = [], startedAt, dryRun }: Ended,
  { request, ports, untagOnly }: PruneRun,
): PruneReport {
  const { aborted } = ports.cancellation;
  const rest = aborted ? 'the step was cancelled' : 'the step ended before';
  const deletions =
    progress?.map(({ plan, manifests }): Deletion => ({ plan, doomed: manifests })) ??
    plans.map((plan) => deletionOf(plan, untagOnly));
  const turns = progress?.map((one) => one.allTurns(rest)) ?? [];
  const failure = problems.map(describeProblem);
  return {
    ...{ schema: 'daemonless.prune', version: 1, dryRun },
    result: aborted ? 'canceled' : problems.length > 0 ? 'failed' : 'succeeded',
    startedAt: new Date(startedAt).toISOString(),
    ms: ports.clock.now() - startedAt,
    registry: request.place.host,
    freedBytes: freedBytes(deletions),
    repositories: deletions.map(({ plan, doomed }, at) =>
      reportedRepository(plan, doomed.size, turns[at]),
    ),
    ...(failure.length > 0 ? { failure } : {}),
  };
}

function tellResult(report: PruneReport, { ports: { host }, untagOnly }: PruneRun): void {
  if (report.dryRun) {
    host.info('Dry run: nothing was deleted. With dryRun: false this plan is carried out.');
    return;
  }
  const { deleted, untagged, skipped, failed } = countOutcomes(report.repositories);
  if (deleted + untagged + failed === 0) {
    if (skipped > 0) host.info('Nothing was deleted.');
    return;
  }
  table(totalRows(report.repositories, 'done')).forEach((line) => {
    host.info(line);
  });
  if (untagOnly) host.info("The manifests are left to the registry's own collection.");
  else if (report.freedBytes > 0) host.info(freedText(report));
}

/** Deleted manifests only make room where the registry collects at once, as zot and Azure do. */
function freedText({ freedBytes: bytes }: PruneReport): string {
  return `${formatBytes(bytes)} are free once the registry has collected its garbage (distribution: registry garbage-collect).`;
}
