import { companionSubject } from './companion-tag.ts';
import type { RepositoryState } from './repository-state.ts';

/**
 * The order that registries accept, whichever they count as the parent: an index before what is in it, and what says something about
 * an image before that image (ECR and Artifact Registry refuse otherwise). Where it ends, nothing is left that lacks a part.
 */
export function deletionOrder(
  doomed: ReadonlySet<string>,
  { tags, manifests }: RepositoryState,
): readonly string[] {
  const after = new Map<string, string[]>();
  const link = (first: string, then: string): void => {
    after.set(first, [...(after.get(first) ?? []), then]);
  };
  for (const digest of doomed) {
    const { children = [], subject } = manifests.get(digest) ?? {};
    children.forEach((child) => {
      link(digest, child);
    });
    if (subject !== undefined) link(digest, subject);
  }
  tags.forEach((digest, tag) => {
    const subject = companionSubject(tag);
    if (subject !== undefined) link(digest, subject);
  });
  return sorted([...doomed].sort(), after).filter((digest) => doomed.has(digest));
}

/** Depth first, what has no successor last. Each is visited once, so a circle of tags does no harm. */
function sorted(
  digests: readonly string[],
  after: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const visited = new Set<string>();
  const finished: string[] = [];
  const visit = (digest: string): void => {
    if (visited.has(digest)) return;
    visited.add(digest);
    after.get(digest)?.forEach(visit);
    finished.push(digest);
  };
  digests.forEach(visit);
  return finished.reverse();
}
