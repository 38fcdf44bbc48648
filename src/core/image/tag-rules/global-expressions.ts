import { dateProblem, formatDate } from './date-text.ts';
import type { TagFacts } from './tag-facts.ts';
import { type Expression, type Scope, expressionsIn } from './template.ts';

const plainNames = ['branch', 'tag', 'sha', 'base_ref', 'is_default_branch'];
const dateNames = ['date', 'commit_date'];

/** metadata-action's global expressions, over the facts of this run. */
export function globalScope(facts: TagFacts): Scope {
  return {
    branch: () => withoutPrefix(facts.ref, 'refs/heads/'),
    tag: () => withoutPrefix(facts.ref, 'refs/tags/'),
    sha: () => shortSha(facts),
    base_ref: () => facts.baseBranch,
    is_default_branch: () => String(isDefaultBranch(facts)),
    date: (expression) => dateOf(facts.nowMs, expression),
    commit_date: (expression) => dateOf(facts.commitMs ?? facts.nowMs, expression),
  };
}

export function shortSha({ sha, shortShaLength }: TagFacts): string {
  return sha.slice(0, shortShaLength);
}

export function isDefaultBranch({ ref, defaultBranch }: TagFacts): boolean {
  return defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
}

/** What follows the prefix; '' when the ref is of another kind. */
export function withoutPrefix(ref: string, prefix: string): string {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : '';
}

/** What is wrong with the expressions of a text; undefined when every one is known. @param more names that are known here besides */
export function templateProblem(text: string, more: readonly string[] = []): string | undefined {
  const expressions = expressionsIn(text);
  if (expressions === undefined) {
    return `expected {{name}} or {{date 'YYYYMMDD' tz='UTC'}}, found "${text}"`;
  }
  return expressions.map((one) => expressionProblem(one, more)).find((what) => what !== undefined);
}

function expressionProblem(
  { name, argument, options }: Expression,
  more: readonly string[],
): string | undefined {
  if (dateNames.includes(name)) {
    const odd = Object.keys(options).find((key) => key !== 'tz');
    if (odd !== undefined) return `{{${name}}} has no option "${odd}"; expected tz='Europe/Berlin'`;
    return dateProblem(argument ?? '', options['tz']);
  }
  const names = [...more, ...plainNames];
  if (names.includes(name)) return undefined;
  return `there is no expression {{${name}}}; expected ${[...names, ...dateNames].join(', ')}`;
}

function dateOf(ms: number, { argument = '', options }: Expression): string {
  return formatDate(ms, argument, options['tz']);
}
