import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';

/** Real time; sleeping ends at once when the step is cancelled. */
export function systemClock(cancellation: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    sleep: async (ms) => {
      await delay(ms, undefined, { signal: cancellation }).catch((error: unknown) => {
        if (!cancellation.aborted) throw error;
      });
    },
  };
}
