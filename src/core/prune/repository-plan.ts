import type { Decision } from './decide-tags.ts';
import { type Links, closureOf } from './links.ts';
import type { RepositoryState } from './repository-state.ts';

/** One tag, and what becomes of it. */
export interface PlannedTag extends Decision {
  readonly tag: string;
  readonly digest: string;
  /** It goes, and its image stays, because something that stays needs that. */
  readonly untagOnly: boolean;
  /** The image that it says something about, with which it stays or goes. */
  readonly follows?: string;
}

/** What shall happen in one repository. */
export interface RepositoryPlan {
  readonly state: RepositoryState;
  readonly links: Links;
  /** Sorted by name. */
  readonly tags: readonly PlannedTag[];
  /** Digests that something which stays needs. */
  readonly kept: ReadonlySet<string>;
}

/**
 * The manifests that nothing needs any more: below a tag that goes, and not below anything that stays.
 * @param survivors tags that were to go and stay all the same
 */
export function doomedManifests(
  { state, links, tags, kept }: RepositoryPlan,
  survivors: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const going = tags.filter(({ goes }) => goes);
  const digests = (survive: boolean): readonly string[] =>
    going.filter(({ tag }) => survivors.has(tag) === survive).map(({ digest }) => digest);
  const needed = closureOf([...kept, ...digests(true)], links.needs);
  const below = [...closureOf(digests(false), links.below)];
  return new Set(below.filter((digest) => !needed.has(digest) && state.manifests.has(digest)));
}
