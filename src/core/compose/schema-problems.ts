import type * as v from 'valibot';
import type { Problem } from '../errors.ts';
import { type ComposeNode, type Path, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import { splitMessage } from './reading.ts';

type Half = Pick<Problem, 'what' | 'change'>;

/** What a validation found, each with file, line, service and key. */
export function schemaProblems(
  issues: readonly v.BaseIssue<unknown>[],
  model: ComposeNode,
): readonly Problem[] {
  return issues.map((issue) => {
    const path: Path = (issue.path ?? []).map(({ key }) => String(key));
    const { what, change } = describe(issue, path);
    return problemAt(placeAt(model, path), { what: `${subject(path)} ${what}`, change });
  });
}

/** `services.db.healthcheck.interval` reads best as it would be looked for. */
function subject(path: Path): string {
  return path.length === 0 ? 'The file' : path.join('.');
}

function describe(issue: v.BaseIssue<unknown>, path: Path): Half {
  const own = splitMessage(issue.message);
  if (own !== undefined) return own;
  if (issue.received === 'undefined' && issue.type === 'loose_object') {
    return { what: 'is missing.', change: `Add ${String(path.at(-1))}.` };
  }
  const expected = plainWords(issue.expected ?? 'another value');
  return { what: `expected ${expected}, found ${plainWords(issue.received)}.`, change: 'Mend it.' };
}

const words: Readonly<Record<string, string>> = {
  Object: 'a map',
  Array: 'a list',
  string: 'text',
  boolean: 'true or false',
  null: 'nothing',
  undefined: 'nothing',
};

function plainWords(type: string): string {
  return words[type] ?? type.replace(/[()"]/g, '').replaceAll(' | ', ' or ');
}
