/** A finished run of this pipeline. */
export interface EarlierRun {
  /** Number of the build. */
  readonly id: number;
  /** What people call it: the build number. */
  readonly name: string;
  /** Full ref, e.g. refs/heads/main. */
  readonly branch: string;
  readonly isSucceeded: boolean;
}

/** Earlier runs of this pipeline and what they attached, as Azure DevOps tells them. */
export interface RunHistory {
  /**
   * Finished runs of one branch, the newest first, this one left out.
   * @throws Error that says what went wrong, also after some seconds without an answer
   */
  runs(branch: string): Promise<readonly EarlierRun[]>;
  /**
   * The text of a run's attachment, of the last step that has one of that name; undefined when there is none.
   * @throws Error as above
   */
  attachment(run: EarlierRun, type: string, name: string): Promise<string | undefined>;
}
