import { CancelledError } from '../../src/core/errors.ts';
import type { ServicesPlan } from '../../src/core/podman/plan-services.ts';
import type { PodmanHost } from './know-host.ts';
import type { CheckedRequest } from './read-request.ts';
import type { StepPorts } from './services-ports.ts';
import type { Timeline } from './timeline.ts';

/** What every part of a started step needs. */
export interface StepContext {
  readonly request: CheckedRequest;
  readonly host: PodmanHost;
  readonly plan: ServicesPlan;
  /** Where scripts will find the services' addresses. */
  readonly envFile: string;
  /** When overallTimeout is over, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly timeline: Timeline;
  /** Commands that Podman has run in containers, as `ID PROGRAM`. */
  readonly proven: Set<string>;
  readonly ports: StepPorts;
}

/** Says whether anything new may be started: not after a cancel, and not after another service has failed. */
export class Brake {
  #pulled = false;
  readonly #cancellation: AbortSignal;

  constructor(cancellation: AbortSignal) {
    this.#cancellation = cancellation;
  }

  pull(): void {
    this.#pulled = true;
  }

  /** @throws CancelledError after a cancel, GaveUp when another service has failed */
  check(during: string): void {
    if (this.#cancellation.aborted) throw new CancelledError(during);
    if (this.#pulled) throw new GaveUp();
  }
}

/** Stopped because something else failed, which is what the user is told. */
export class GaveUp extends Error {}
