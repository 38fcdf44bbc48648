import type { Manifest } from './manifest.ts';
import type { Made } from './repository-state.ts';

/** A tag with what rules may ask about it. */
export interface Candidate {
  readonly tag: string;
  readonly digest: string;
  readonly manifest: Manifest | undefined;
  readonly made: Made | undefined;
}
