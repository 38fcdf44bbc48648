/** Time, as a port: tests move it by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the step is cancelled. */
  sleep(ms: number): Promise<void>;
}
