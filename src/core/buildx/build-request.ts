import type { BakeRequest } from '../bake/bake-request.ts';
import type { CacheRequest } from '../cache/registry-cache.ts';
import type { ImageFormat } from '../image/image-format.ts';
import type { ImageRequest } from '../image/image-request.ts';
import type { SizeBudget } from '../image/size-budget.ts';
import type { RunSource } from '../job/run-source.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformRequest } from '../platform/platform-request.ts';
import type { ReportRequest } from '../report/report-request.ts';
import type { AttestationRequest } from './attestation-args.ts';
import type { BuildOptions } from './build-options.ts';
import type { BuildSources } from './build-sources.ts';
import type { ExportRequest } from './export-request.ts';
import type { SshForward } from './ssh-lines.ts';
import type { SecretSource } from './value-source.ts';

/** What the user asks for, read and checked, by topic; everything a plan needs but the builder. */
export interface BuildRequest {
  readonly sources: BuildSources;
  /** Set where a bake file says what is built; `sources` then tells no more than its folder. */
  readonly bake: BakeRequest | undefined;
  readonly image: ImageRequest;
  readonly platforms: PlatformRequest;
  readonly options: BuildOptions;
  readonly buildArgs: readonly BuildArg[];
  readonly secrets: readonly BuildSecret[];
  readonly ssh: readonly SshForward[];
  /** Undefined: no cache but the daemon's own. */
  readonly cache: CacheRequest | undefined;
  readonly attestations: AttestationRequest;
  readonly format: ImageFormat;
  readonly exports: ExportRequest;
  /** Undefined: any size is well. */
  readonly sizeBudget: SizeBudget | undefined;
  readonly report: ReportRequest;
  readonly patience: Patience;
  readonly run: BuildRun;
}

/** The pipeline run that builds. */
export interface BuildRun {
  readonly source: RunSource;
  /** Where the run is shown to people, for provenance; undefined outside a pipeline. */
  readonly url: string | undefined;
  /** The agent's own platform; undefined when it does not tell. */
  readonly machine: Platform | undefined;
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
  readonly source: SecretSource;
}
