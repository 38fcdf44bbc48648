import type { Manifest } from './manifest.ts';

/** Where the time of an image comes from, best first. */
export type TimeSource = 'annotation' | 'config' | 'cache';

/** When something was made. */
export interface Made {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: TimeSource;
}

/** One repository as it was found. */
export interface RepositoryState {
  /** Path in the registry, without its host. */
  readonly name: string;
  /** Digest by tag. */
  readonly tags: ReadonlyMap<string, string>;
  /** By digest: what tags, protected images and their indexes lead to, and the referrers of it. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** By digest of a tagged manifest; absent: nothing tells. */
  readonly made: ReadonlyMap<string, Made>;
  /** Digests that exist although no tag leads there; asked for subjects of signatures only. */
  readonly others: ReadonlySet<string>;
}
