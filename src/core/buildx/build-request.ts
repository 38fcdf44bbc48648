import type { CacheRequest } from '../cache/registry-cache.ts';
import type { TaggedImage } from '../image/tags.ts';
import type { RunSource } from '../job/run-source.ts';
import type { Platform } from '../platform/platform.ts';

/** What the user asks for, read and checked; everything a plan needs but the builder. */
export interface BuildRequest {
  /** Absolute path of the context folder. */
  readonly context: string;
  /** Absolute path. */
  readonly dockerfile: string;
  readonly target?: string;
  /** Empty: the builder's own one. */
  readonly platforms: readonly Platform[];
  readonly images: readonly TaggedImage[];
  readonly isPushed: boolean;
  readonly buildArgs: readonly BuildArg[];
  readonly secrets: readonly BuildSecret[];
  readonly cache?: CacheRequest;
  /** One build for all platforms, or one for each; `auto`: for each where a cache is shared through a registry. */
  readonly strategy: 'auto' | 'single' | 'perPlatform';
  readonly patience: Patience;
  readonly provenance: 'none' | 'min' | 'max';
  readonly source: RunSource;
  /** Where the run is shown to people, for provenance; absent outside a pipeline. */
  readonly runUrl?: string;
}

/** How much trouble a build may have before it counts as failed. */
export interface Patience {
  /** Tries after the first, of what may pass: a lost daemon, a busy registry. */
  readonly retries: number;
  /** Without any event for so long the build is ended; 0: never. */
  readonly stallMs: number;
}

export interface BuildArg {
  readonly name: string;
  readonly value: string;
  /** The value holds a secret of the pipeline: it must stay out of the argument list. */
  readonly isSecret: boolean;
}

/** A build secret and where its value comes from. */
export interface BuildSecret {
  readonly id: string;
  readonly source:
    | {
        readonly kind: 'value';
        readonly value: string;
        /** e.g. $npmToken. */ readonly from: string;
      }
    | { readonly kind: 'file'; /** Absolute. */ readonly path: string };
}
