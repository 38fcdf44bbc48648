import type { TaggedImage } from './tags.ts';

/** What the image is called, and whether it is pushed under these names. */
export interface ImageRequest {
  /** The first is the one that outputs speak of; at least one where the image is pushed. */
  readonly references: readonly TaggedImage[];
  readonly isPushed: boolean;
}
