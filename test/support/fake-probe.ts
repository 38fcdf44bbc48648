import type { Endpoint } from '../../src/core/buildkit/endpoint.ts';
import type { ProbeFailure } from '../../src/core/buildkit/probe-cause.ts';
import type { BuilderProbe, ProbeOutcome } from '../../src/ports/builder-probe.ts';
import type { FakeClock } from './fake-clock.ts';

export interface FakeProbe extends BuilderProbe {
  /** The limit of each look, in milliseconds. */
  readonly limits: readonly number[];
}

export const daemonUp: ProbeOutcome = {
  kind: 'up',
  facts: {
    version: 'v0.32.2',
    platforms: ['linux/amd64', 'linux/arm64'],
    hostname: 'buildkitd-0',
    runningBuilds: 1,
    cacheLimit: 20_000_000_000,
  },
};

export function daemonDown(failure: ProbeFailure): ProbeOutcome {
  return { kind: 'down', failure };
}

export const connectionRefused = daemonDown({ kind: 'error', code: 'ECONNREFUSED', message: '' });

/** A probe that answers by the clock: what it says after so many milliseconds since its first look. */
export function fakeProbe(
  clock: FakeClock,
  answer: (elapsedMs: number, endpoint: Endpoint) => ProbeOutcome,
): FakeProbe {
  const limits: number[] = [];
  let startMs: number | undefined;
  return {
    limits,
    look: (endpoint, _tls, limitMs) => {
      startMs ??= clock.now();
      limits.push(limitMs);
      return Promise.resolve(answer(clock.now() - startMs, endpoint));
    },
    cacheSize: () => Promise.resolve(1_500_000_000),
  };
}
