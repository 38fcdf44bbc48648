import { promises as timers } from 'node:timers';
import type { Clock } from '../../ports/clock.ts';

/** Real time; sleeping ends at once when the step is cancelled. */
export function systemClock(cancellation: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    sleep: async (ms) => {
      await timers.setTimeout(ms, undefined, { signal: cancellation }).catch((error: unknown) => {
        if (!cancellation.aborted) throw error;
      });
    },
  };
}
