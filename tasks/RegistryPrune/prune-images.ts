import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import { DeletionProgress } from '../../src/core/prune/deletion-progress.ts';
import { guardProblems } from '../../src/core/prune/guard.ts';
import type { RepositoryPlan } from '../../src/core/prune/repository-plan.ts';
import { chooseRepositories } from './choose-repositories.ts';
import { type Deletions, deletePlanned } from './delete-planned.ts';
import type { Inputs } from './inputs.ts';
import { makePlans } from './make-plans.ts';
import { proveDeletion } from './prove-deletion.ts';
import type { PrunePorts } from './prune-ports.ts';
import type { PruneRun } from './prune-run.ts';
import { readRequest } from './read-request.ts';
import { openRegistry } from './registry-access.ts';
import { type Ended, reportPrune } from './report-prune.ts';
import { tellPlans } from './tell-plans.ts';

/** Looks, plans, shows the plan, and unless it is a dry run deletes as planned. */
export async function pruneImages(inputs: Inputs, ports: PrunePorts): Promise<void> {
  const startedAt = ports.clock.now();
  const request = await readRequest(inputs, ports);
  const access = await openRegistry(request, inputs.concurrency, ports);
  const { untagOnly } = inputs;
  const policy = { ...request, now: startedAt };
  const run: PruneRun = { request, policy, access, ports, untagOnly };
  const plans = await ports.host.group(`Look at ${request.place.host}`, async () =>
    makePlans(await chooseRepositories(request, access, ports), run),
  );
  await tellPlans(plans, run);
  const report = (ended: Omit<Ended, 'startedAt' | 'dryRun'>): Promise<void> =>
    reportPrune({ ...ended, startedAt, dryRun: inputs.dryRun }, run);
  const guarded = guardProblems(plans, request.limits);
  if (inputs.dryRun) {
    tellGuard(guarded, ports);
    await report({ plans });
    return;
  }
  if (guarded.length > 0) await failUntouched(guarded, plans, report);
  const due = plans.filter(({ tags }) => tags.some(({ goes }) => goes));
  await proveDeletion(
    due.map(({ state }) => state.name),
    run,
  );
  const deletions = await deletePlanned(plans, run);
  await finish(deletions, report, ports);
}

type Report = (ended: Omit<Ended, 'startedAt' | 'dryRun'>) => Promise<void>;

/** A dry run is there to be looked at, so that a limit is no error yet. */
function tellGuard(problems: readonly Problem[], { host }: PrunePorts): void {
  problems.forEach(({ where = '', what }) => {
    host.warning(
      `${where}: ${what} Without dryRun nothing would be deleted, and the step would fail.`,
    );
  });
}

async function failUntouched(
  problems: readonly Problem[],
  plans: readonly RepositoryPlan[],
  report: Report,
): Promise<never> {
  const progress = plans.map((plan) => new DeletionProgress(plan));
  await report({ plans, progress, problems });
  throw new UserError(problems);
}

async function finish(
  { progress, problem }: Deletions,
  report: Report,
  { cancellation }: PrunePorts,
): Promise<void> {
  const failed = progress.flatMap(({ failures }) => failures);
  const problems: readonly Problem[] = [
    ...failed.map((what) => ({ what, change: 'The next run tries it again.' })),
    ...(problem === undefined || cancellation.aborted ? [] : [problem]),
  ];
  const plans = progress.map(({ plan }) => plan);
  await report({ plans, progress, problems });
  if (cancellation.aborted) throw new CancelledError('the deletion; the report says what is gone');
  if (problems.length > 0) throw new UserError(problems);
}
