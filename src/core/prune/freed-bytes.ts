import type { Blob } from './manifest.ts';
import { type RepositoryPlan, doomedManifests } from './repository-plan.ts';

/** A plan and what of it is deleted. */
export interface Deletion {
  readonly plan: RepositoryPlan;
  readonly doomed: ReadonlySet<string>;
}

/** What a plan deletes when nothing comes between. @param untagOnly leaves every manifest */
export function deletionOf(plan: RepositoryPlan, untagOnly: boolean): Deletion {
  return { plan, doomed: untagOnly ? new Set() : doomedManifests(plan) };
}

/**
 * Bytes of the blobs, manifests among them, that only deleted manifests hold. A registry keeps each blob once for all repositories,
 * so those that were looked at count together; what others share, nobody here knows.
 */
export function freedBytes(deletions: readonly Deletion[]): number {
  const held = new Set(blobsOf(deletions, false).map(({ digest }) => digest));
  const freed = new Map(blobsOf(deletions, true).map(({ digest, size }) => [digest, size]));
  return [...freed].reduce((sum, [digest, size]) => (held.has(digest) ? sum : sum + size), 0);
}

function blobsOf(deletions: readonly Deletion[], isDoomed: boolean): readonly Blob[] {
  return deletions.flatMap(({ plan, doomed }) =>
    [...plan.state.manifests.values()]
      .filter(({ digest }) => doomed.has(digest) === isDoomed)
      .flatMap(({ digest, size, blobs }) => [{ digest, size }, ...blobs]),
  );
}
