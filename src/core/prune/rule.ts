import type { Selection } from './patterns.ts';

/** What happens to the tags that it is the first to match. Keeping wins: what one condition keeps, no other deletes. */
export interface Rule {
  /** 1-based place in the list. */
  readonly number: number;
  readonly repositories: Selection;
  readonly tags: Selection;
  /** Build caches alone, or all else alone; undefined: both. */
  readonly kind: 'image' | 'cache' | undefined;
  /** Keeps whatever it matches. */
  readonly keep: boolean;
  /** So many of the newest images of each repository stay. */
  readonly keepLast: number | undefined;
  /** Milliseconds. */
  readonly keepYoungerThan: number | undefined;
  /** Milliseconds; younger ones stay. */
  readonly deleteOlderThan: number | undefined;
}
