/** Whether a level runs this time, and why: it is told either way, so that no level goes missing in silence. */
export interface Decision {
  readonly runs: boolean;
  /** Completes "cluster runs: " or "cluster does not run: ". */
  readonly reason: string;
}
