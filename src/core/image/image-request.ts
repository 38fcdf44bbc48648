import type { Annotation } from './labels/annotations.ts';
import type { Labels } from './labels/run-labels.ts';
import type { RuleOutcome } from './tag-rules/apply-rules.ts';
import type { TaggedImage } from './tags.ts';

/** What the image is called, what is written on it, and whether it is pushed. */
export interface ImageRequest {
  /** The first is the one that outputs speak of; at least one where the image is pushed. */
  readonly references: readonly TaggedImage[];
  /** The first tag; undefined when there is none. */
  readonly version: string | undefined;
  /** What became of each line of `tags`. */
  readonly rules: readonly RuleOutcome[];
  readonly labels: Labels;
  readonly annotations: readonly Annotation[];
  readonly isPushed: boolean;
}
