/** An error or warning that the server shows beside a step. It does not change the step's result. */
export interface Issue {
  readonly type: 'error' | 'warning';
  readonly message: string;
  /** Whatever else the command said: sourcepath, linenumber, columnnumber, code, … */
  readonly properties: Readonly<Record<string, string>>;
}

/** The agent keeps the first ten of each kind for a step. */
export const MAX_ISSUES_OF_A_KIND = 10;
