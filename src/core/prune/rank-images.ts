import type { Candidate } from './candidate.ts';
import { type Compare, tagOrder } from './tag-order.ts';

/**
 * Places of images by digest, 0 for the newest: by time, and where none has one, by what their tags say of their order. An image
 * without a time among others that have one has no place. Tags of one image share it.
 */
export function rankImages(candidates: readonly Candidate[]): ReadonlyMap<string, number> {
  const byTag = tagOrder(candidates.map(({ tag }) => tag));
  const timed = candidates.filter(({ made }) => made !== undefined);
  const ordered =
    timed.length === 0 && byTag !== undefined
      ? [...candidates].sort((one, other) => byTag(other.tag, one.tag))
      : timed.sort((one, other) => byTime(one, other, byTag));
  const digests = [...new Set(ordered.map(({ digest }) => digest))];
  return new Map(digests.map((digest, place) => [digest, place]));
}

/** The newest first; two of one moment by what their tags say, else by their letters, so that the plan is the same each time. */
function byTime(one: Candidate, other: Candidate, byTag: Compare = () => 0): number {
  const difference = (other.made?.at ?? 0) - (one.made?.at ?? 0) || byTag(other.tag, one.tag);
  return difference === 0 ? (one.tag < other.tag ? 1 : -1) : difference;
}
