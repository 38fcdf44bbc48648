import type { BuildFailure } from 'esbuild';
import { type Problem, UserError } from '../../../src/core/errors.ts';

/** A file that a build made. */
export interface BuiltFile {
  readonly name: string;
  readonly bytes: number;
}

/** esbuild's errors as problems with file and line. */
export function explainBuild(error: unknown): never {
  if (!(error instanceof Error) || !('errors' in error)) throw error;
  const problems = (error as BuildFailure).errors.map(({ text, location }): Problem => {
    const where = location === null ? 'esbuild' : `${location.file}:${location.line}`;
    return { where, what: `${text}.`, change: 'Mend the source.' };
  });
  throw new UserError(problems, { cause: error });
}
