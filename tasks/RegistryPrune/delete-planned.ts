import { CancelledError, type Problem } from '../../src/core/errors.ts';
import { DeletionProgress } from '../../src/core/prune/deletion-progress.ts';
import type { RepositoryPlan } from '../../src/core/prune/repository-plan.ts';
import { deleteManifests } from './delete-manifests.ts';
import { deleteTags } from './delete-tags.ts';
import type { PruneRun } from './prune-run.ts';
import { refusalProblem } from './refusal-problem.ts';
import { RefusedError } from './refused-error.ts';

/** What came of all plans. */
export interface Deletions {
  /** Of every plan, also of those that were not reached. */
  readonly progress: readonly DeletionProgress[];
  /** Why the registry was not asked any further. */
  readonly problem: Problem | undefined;
}

/** Carries plans out, one repository after the other, until the step is cancelled or the registry refuses. */
export async function deletePlanned(
  plans: readonly RepositoryPlan[],
  run: PruneRun,
): Promise<Deletions> {
  const { host, cancellation } = run.ports;
  const progress = plans.map((plan) => new DeletionProgress(plan));
  const due = progress.filter(({ going }) => going.length > 0);
  for (const [at, one] of due.entries()) {
    const { name } = one.plan.state;
    if (cancellation.aborted) break;
    host.progress(Math.round((at / due.length) * 100), `Delete in ${name}`);
    try {
      await host.group(`Delete in ${name}`, () => deleteIn(one, run));
    } catch (error) {
      if (error instanceof CancelledError) break;
      if (!(error instanceof RefusedError)) throw error;
      const asked = { ...run.request, repository: name, doing: error.doing };
      return { progress, problem: refusalProblem(error.refusal, asked, host) };
    }
  }
  return { progress, problem: undefined };
}

/** Tags first, so that whenever it ends, no tag leads to an image that lacks a part. */
async function deleteIn(progress: DeletionProgress, run: PruneRun): Promise<void> {
  await deleteTags(progress, run);
  if (!run.untagOnly && !run.ports.cancellation.aborted) await deleteManifests(progress, run);
}
