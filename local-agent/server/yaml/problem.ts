/** Where something is in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with the user's input: a place and what was expected there. */
export interface Problem {
  readonly file: string;
  readonly at: Position | null;
  readonly message: string;
}

/** Everything that is wrong with the user's files, at once; nothing has been started. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** `file:line:column: message`, as compilers print it, so that editors can jump there. */
export function formatProblem({ file, at, message }: Problem): string {
  return at ? `${file}:${at.line}:${at.column}: ${message}` : `${file}: ${message}`;
}

/** The problems of one file from its top to its end. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const place = ({ at }: Problem): number => (at ? at.line * 10_000 + at.column : 0);
  return problems.toSorted((a, b) => place(a) - place(b));
}
