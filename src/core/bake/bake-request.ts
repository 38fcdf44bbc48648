import type { Labels } from '../image/labels/run-labels.ts';

/** Several images of one bake file, as the user asks for them (docs.docker.com/build/bake). */
export interface BakeRequest {
  /** From the folder of the sources; none: the names that buildx looks for. */
  readonly files: readonly string[];
  /** Targets and groups; none: the group `default`. */
  readonly targets: readonly string[];
  /** Values of `--set`, e.g. `api.args.VERSION=2`. */
  readonly overrides: readonly string[];
  /** Of the input, which win over the file's. */
  readonly labels: Labels;
  readonly annotations: Labels;
}
