import type { Candidate } from './candidate.ts';
import { type Compare, tagOrder } from './tag-order.ts';

/**
 * Places of images by digest, 0 for the newest: by time, and where some have none, by what all tags say of their order. Where
 * they say nothing either, images without a time have no place. Tags of one image share it.
 */
export function rankImages(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const compare = tagOrder(candidates.map(({ tag }) => tag));
  const byTag = compare ?? (() => 0);
  const isTimed = candidates.every(({ made }) => made !== undefined);
  const ordered =
    isTimed || compare === undefined
      ? candidates.filter(({ made }) => made !== undefined).sort((...two) => byTime(...two, byTag))
      : [...candidates].sort((one, other) => byTag(other.tag, one.tag));
  const digests = [...new Set(ordered.map(({ digest }) => digest))];
  return new Map(digests.map((digest, place) => [digest, place]));
}

/** The newest first; two of one moment by what their tags say, else by their letters, so that the plan is the same each time. */
function byTime(one: Candidate, other: Candidate, byTag: Compare): number {
  const difference = (other.made?.at ?? 0) - (one.made?.at ?? 0) || byTag(other.tag, one.tag);
  return difference === 0 ? (one.tag < other.tag ? 1 : -1) : difference;
}
