import type { BuildSettings } from './buildx-settings.ts';
import type { Replicas } from './replicas.ts';
import type { TryLimits } from './try-part.ts';

/** What all parts are run with. */
export interface PartRun {
  readonly settings: BuildSettings;
  readonly replicas: Replicas;
  /** Fills the cache mounts of nodes that have come to another daemon, before a retry. */
  readonly refill: (nodes: readonly string[]) => Promise<void>;
  /** Tries after the first. */
  readonly retries: number;
  readonly limits: TryLimits;
}
