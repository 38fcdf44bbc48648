import type { ReleaseOrigin } from '../core/buildx/release-plan.ts';
import type { FetchFailure } from '../core/buildx/fetch-problem.ts';

/** One file to fetch, and what it must be. */
export interface FetchRequest {
  readonly origin: ReleaseOrigin;
  /** Absolute path that appears only when every byte was verified; its folder is made. Mode 0755. */
  readonly target: string;
  /** Hex. */
  readonly sha256: string;
  /** Milliseconds for all of it. */
  readonly limitMs: number;
  /** Called with each part that came. @param total of the announced length, undefined when none was */
  readonly onProgress: (bytes: number, total: number | undefined) => void;
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly failure: FetchFailure };

/** Fetches files over HTTP or from a folder. Never rejects for the source's or the disk's sake. */
export interface FileFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}
