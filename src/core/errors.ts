/** One thing wrong with what the user gave us, told as expected, found, change. */
export interface Problem {
  /** The input's YAML name, or `file:line` for a file the user wrote; absent for the surroundings. */
  readonly where?: string;
  /** What is wrong, naming what was expected and what was found. One sentence. */
  readonly what: string;
  /** What to change so that it works. One sentence. */
  readonly change: string;
  /** The file and line it was found at, which the agent shows as a link. */
  readonly place?: SourcePlace;
}

/** Where in a file of the user's something was found. */
export interface SourcePlace {
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
  /** Of the rule that is broken. */
  readonly code?: string;
}

/** `where: what change`, the one form in which problems are shown. */
export function describeProblem(problem: Problem): string {
  const place = problem.where === undefined ? '' : `${problem.where}: `;
  return `${place}${problem.what} ${problem.change}`;
}

/** The user can mend it: shown as its problems, each an error issue, never with a stack trace. */
export class UserError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join('\n'), options);
    this.name = 'UserError';
    this.problems = problems;
  }
}

/** The run was cancelled by the agent (SIGINT or SIGTERM); ends as `Canceled`, without an error issue. */
export class CancelledError extends Error {
  constructor(during: string) {
    super(`Cancelled during ${during}.`);
    this.name = 'CancelledError';
  }
}
