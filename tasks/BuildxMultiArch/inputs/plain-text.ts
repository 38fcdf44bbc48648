import { type Parsed, parsed, rejected } from '../../../src/core/parsed.ts';
import { undefinedVariable } from '../../../src/core/task/undefined-variable.ts';

/** A text without a grammar of its own to break, but for variables that do not exist. */
export function plainText(where: string, text: string | undefined): Parsed<string | undefined> {
  const problem = undefinedVariable(where, text ?? '');
  return problem === undefined ? parsed(text) : rejected(problem);
}
