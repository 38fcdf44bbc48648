import type { BuildArgSources } from '../../../src/core/buildx/build-arg-lines.ts';
import type { ValueSources } from '../../../src/core/buildx/value-source.ts';
import type { TagFacts } from '../../../src/core/image/tag-rules/tag-facts.ts';
import type { RunSource } from '../../../src/core/job/run-source.ts';
import type { Platform } from '../../../src/core/platform/platform.ts';
import type { InputValues } from '../../../src/core/task/input-spec.ts';
import type { taskInputs } from '../inputs.generated.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What inputs refer to or fall back to. */
export interface Surroundings extends ValueSources, BuildArgSources {
  /** BUILDX_BUILDER. */
  readonly defaultBuilder: string | undefined;
  readonly source: RunSource;
  /** Where the agent may root a path input. */
  readonly rootFolders: readonly string[];
  /** Where a Dockerfile that is written into the pipeline is saved; absolute. */
  readonly inlineDockerfile: string;
  /** The agent's own platform; undefined when it does not tell. */
  readonly machine: Platform | undefined;
  readonly runUrl: string | undefined;
  /** What tags and labels are made from. */
  readonly facts: TagFacts;
}
