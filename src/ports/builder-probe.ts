import type { Endpoint } from '../core/buildkit/endpoint.ts';
import type { ProbeFailure } from '../core/buildkit/probe-cause.ts';
import type { TlsMaterial } from '../core/buildkit/tls-material.ts';

/** What a daemon tells of itself (BuildKit, api/services/control/control.proto). */
export interface DaemonFacts {
  /** As stamped into buildkitd, e.g. `v0.32.2`; `v0.0.0+unknown` in an unstamped build. */
  readonly version: string;
  /** Of all its workers, each once, the machine's own first; native ones and emulated ones alike. */
  readonly platforms: readonly string[];
  /** The machine it runs on, in Kubernetes its pod; '' when it does not say. */
  readonly hostname: string;
  /** Bytes that its garbage collection lets the cache have; undefined without a limit. */
  readonly cacheLimit?: number;
  /** Builds that run there now; undefined when it does not say. */
  readonly runningBuilds?: number;
}

export type ProbeOutcome =
  | { readonly kind: 'up'; readonly facts: DaemonFacts }
  | { readonly kind: 'down'; readonly failure: ProbeFailure };

/** Looks at daemons over the network, or through the programs that lead to them. Each look ends within its limit, and at once when the step is cancelled. */
export interface BuilderProbe {
  /**
   * Never rejects for the daemon's sake.
   * @param enough ends the look early, as if its time were up
   */
  look(
    endpoint: Endpoint,
    tls: TlsMaterial | undefined,
    limitMs: number,
    enough?: AbortSignal,
  ): Promise<ProbeOutcome>;
  /** Bytes in its cache; undefined when that is not known in time. */
  cacheSize(
    endpoint: Endpoint,
    tls: TlsMaterial | undefined,
    limitMs: number,
  ): Promise<number | undefined>;
}
