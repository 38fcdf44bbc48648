import type { Clock } from '../../src/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Lets time pass without anybody sleeping. */
  advance(ms: number): void;
}

/** A clock that stands still, and is moved by those who sleep. */
export function fakeClock(startMs = Date.parse('2026-01-01T00:00:00Z')): FakeClock {
  let nowMs = startMs;
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  return {
    now: () => nowMs,
    sleep: (ms) => {
      advance(ms);
      return Promise.resolve();
    },
    advance,
  };
}
