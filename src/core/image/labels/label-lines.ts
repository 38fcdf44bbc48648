import type { Problem } from '../../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../parsed.ts';
import { undefinedVariable } from '../../task/undefined-variable.ts';
import { globalScope, templateProblem } from '../tag-rules/global-expressions.ts';
import type { TagFacts } from '../tag-rules/tag-facts.ts';
import { renderTemplate } from '../tag-rules/template.ts';
import type { Labels } from './run-labels.ts';

/** Where a line's expressions come from, and what must not be written on an image. */
export interface LabelSources {
  readonly facts: TagFacts;
  /** Whether a text holds a secret of the pipeline. */
  readonly holdsSecret: (text: string) => boolean;
}

/** `KEY=value`, one a line; the value may hold the expressions of tags. @param where `labels` or `annotations` */
export function parseLabels(
  where: string,
  lines: readonly string[],
  sources: LabelSources,
): Parsed<Labels> {
  const results = lines.map((line) => readLine(where, line, sources));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(Object.fromEntries(results.flatMap((result) => (result.ok ? [result.value] : []))));
}

/** The user's own win over those made from the run; an empty one takes a made one away. */
export function withOwn(made: Labels, own: Labels): Labels {
  const all = Object.entries({ ...made, ...own });
  return Object.fromEntries(all.filter(([key, value]) => value !== '' || !(key in made)));
}

function readLine(
  where: string,
  line: string,
  { facts, holdsSecret }: LabelSources,
): Parsed<readonly [string, string]> {
  const undefinedMacro = undefinedVariable(where, line);
  if (undefinedMacro !== undefined) return rejected(undefinedMacro);
  if (holdsSecret(line)) return rejected(secretProblem(where));
  const [, key, text = ''] = /^([^=\s]+)=(.*)$/s.exec(line) ?? [];
  if (key === undefined) return rejected(malformed(where, line));
  const why = templateProblem(text);
  if (why !== undefined) return rejected(badTemplate(where, key, why));
  return parsed([key, renderTemplate(text, globalScope(facts))]);
}

function secretProblem(where: string): Problem {
  return {
    where,
    what: 'A line holds a secret of the pipeline, and everybody who can pull the image reads it.',
    change: 'Remove it, or take another variable.',
  };
}

function malformed(where: string, line: string): Problem {
  return {
    where,
    what: `Expected KEY=value, found "${line}".`,
    change: 'Write one a line, without blanks in the key and without quotes.',
  };
}

function badTemplate(where: string, key: string, why: string): Problem {
  return {
    where,
    what: `The value of "${key}" cannot be read: ${why}.`,
    change: 'Mend the expression; they are those of docker/metadata-action.',
  };
}
