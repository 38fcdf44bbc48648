import type { Endpoint } from '../core/buildkit/endpoint.ts';
import type { ProbeFailure } from '../core/buildkit/probe-cause.ts';
import type { TlsMaterial } from '../core/buildkit/tls-material.ts';

/** What a daemon tells of itself (BuildKit, api/services/control/control.proto: Info and ListWorkers). */
export interface DaemonFacts {
  /** As stamped into buildkitd, e.g. `v0.32.2`; `v0.0.0+unknown` in an unstamped build. */
  readonly version: string;
  /** Of all its workers, each once, e.g. `linux/arm64`; native ones and emulated ones alike. */
  readonly platforms: readonly string[];
}

export type ProbeOutcome =
  | { readonly kind: 'up'; readonly facts: DaemonFacts }
  | { readonly kind: 'down'; readonly failure: ProbeFailure };

/** One look at a daemon over the network. */
export interface BuilderProbe {
  /** Never rejects for the daemon's sake; ends within `limitMs`, and at once when the step is cancelled. */
  look(endpoint: Endpoint, tls: TlsMaterial | undefined, limitMs: number): Promise<ProbeOutcome>;
}
