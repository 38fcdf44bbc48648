import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import { planRepository } from '../../src/core/prune/plan-repository.ts';
import type { Policy } from '../../src/core/prune/policy.ts';
import { digestsFor } from '../../src/core/prune/protected-images.ts';
import { type RepositoryPlan, doomedManifests } from '../../src/core/prune/repository-plan.ts';
import { lookAtRepository } from './look-at-repository.ts';
import type { PruneRun } from './prune-run.ts';
import { withReferrers } from './read-referrers.ts';
import { refusalProblem } from './refusal-problem.ts';
import { RefusedError } from './refused-error.ts';
import type { RegistryClient } from './registry-client.ts';

/**
 * Reads all repositories and decides over each.
 * @throws UserError with every repository that cannot be read whole, before anything is deleted
 */
export async function makePlans(
  names: readonly string[],
  { request, policy, access, ports }: PruneRun,
): Promise<readonly RepositoryPlan[]> {
  const { host } = ports;
  const problems: Problem[] = [];
  const make = async (name: string): Promise<readonly RepositoryPlan[]> => {
    try {
      const plan = await planFor(name, policy, access.reading(name));
      const { tags, manifests } = plan.state;
      host.info(
        tags.size === 0
          ? `${name}: nothing there`
          : `${name}: ${tags.size} tags, ${manifests.size} manifests`,
      );
      return [plan];
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const asked = { ...request, repository: name, doing: error.doing };
      problems.push(refusalProblem(error.refusal, asked, host));
      return [];
    }
  };
  const plans = await Promise.all(names.map(make));
  if (ports.cancellation.aborted) throw new CancelledError('the look at the registry');
  if (problems.length > 0) throw new UserError(problems);
  return plans.flat();
}

/** What goes may have referrers that no tag leads to: they are asked for, and then everything is decided anew. */
async function planFor(
  name: string,
  policy: Policy,
  client: RegistryClient,
): Promise<RepositoryPlan> {
  const state = await lookAtRepository(name, client, digestsFor(name, policy.protectedImages));
  const first = planRepository(state, policy);
  const whole = await withReferrers(state, doomedManifests(first), client);
  return whole.manifests.size === state.manifests.size ? first : planRepository(whole, policy);
}
