import { deletionOrder } from '../../src/core/prune/deletion-order.ts';
import type { DeletionProgress } from '../../src/core/prune/deletion-progress.ts';
import { closureOf, linksOf } from '../../src/core/prune/links.ts';
import { digestsFor } from '../../src/core/prune/protected-images.ts';
import { doomedManifests } from '../../src/core/prune/repository-plan.ts';
import { isGone, saidAgainst } from './delete-answer.ts';
import { lookAtRepository } from './look-at-repository.ts';
import type { PruneRun } from './prune-run.ts';
import { RefusedError } from './refused-error.ts';
import type { RegistryClient } from './registry-client.ts';
import { shortDigest } from './short-digest.ts';

/** Deletes what no tag needs any more, as the repository is now. */
export async function deleteManifests(progress: DeletionProgress, run: PruneRun): Promise<void> {
  const { state } = progress.plan;
  const doomed = await stillDoomed(progress, run);
  const order = deletionOrder(doomed, state);
  const refused = await deleteEach(order, progress, run);
  // What a registry refuses for the sake of a parent, it may give when the others are gone.
  const again = await deleteEach([...refused.keys()], progress, run);
  again.forEach((said, digest) => {
    progress.failures.push(`${state.name}@${digest} could not be deleted: ${said}.`);
  });
  for (const [tag, digest] of progress.withImage) {
    const said = again.get(digest);
    if (said !== undefined) progress.turns.set(tag, { outcome: 'failed', reason: said });
  }
}

/** Tags may have come or moved since the plan was made: whatever one leads to now stays. */
async function stillDoomed(
  { plan, withImage, survivors }: DeletionProgress,
  { access, policy }: PruneRun,
): Promise<ReadonlySet<string>> {
  const { name } = plan.state;
  const images = digestsFor(name, policy.protectedImages);
  const now = await lookAtRepository(name, access.reading(name), images, plan.state);
  const staying = [...now.tags].filter(([tag, digest]) => withImage.get(tag) !== digest);
  const manifests = new Map([...plan.state.manifests, ...now.manifests]);
  const { needs } = linksOf({ ...now, manifests, tags: new Map(staying) });
  const needed = closureOf([...staying.map(([, digest]) => digest), ...images], needs);
  const doomed = [...doomedManifests(plan, survivors)];
  return new Set(doomed.filter((digest) => !needed.has(digest)));
}

/** @returns what the registry said against it, by digest */
async function deleteEach(
  digests: readonly string[],
  progress: DeletionProgress,
  { access, ports }: PruneRun,
): Promise<ReadonlyMap<string, string>> {
  const { name, manifests } = progress.plan.state;
  const client = access.deleting(name);
  const refused = new Map<string, string>();
  for (const digest of digests) {
    if (ports.cancellation.aborted) break;
    const said = await deleteOne(digest, name, client);
    if (said === undefined) {
      progress.manifests.add(digest);
      const kind = manifests.get(digest)?.kind ?? 'manifest';
      ports.host.info(`${name}@${shortDigest(digest)} (${kind}) deleted`);
    } else {
      refused.set(digest, said);
    }
  }
  return refused;
}

/** @returns what the registry said against it; undefined when it is gone */
async function deleteOne(
  digest: string,
  name: string,
  client: RegistryClient,
): Promise<string | undefined> {
  const answer = await client.delete(name, digest);
  if (answer.kind !== 'answered') throw new RefusedError(`delete ${digest}`, answer);
  return isGone(answer) ? undefined : saidAgainst(answer, client);
}
