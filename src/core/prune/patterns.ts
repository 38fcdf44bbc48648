import { Minimatch } from 'minimatch';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';

/** Whether a name is meant. */
export type Matches = (name: string) => boolean;

/** Some names in, some out: a name is meant when one of the first matches it and none of the others. */
export interface Selection {
  /** As the user wrote them, without `!`. */
  readonly included: readonly string[];
  readonly matches: Matches;
}

/** All that the regular expression between the slashes is, none of its parts: a rule must not match more than it says. */
function wholeMatch(source: string): Matches {
  const pattern = new RegExp(`^(?:${source})$`);
  return (name) => pattern.test(name);
}

/** @param where the input, and the line if there is one */
export function readExpression(where: string, source: string): Parsed<Matches> {
  try {
    // What is wrong by itself must be told with the user's own text.
    new RegExp(source);
    return parsed(wholeMatch(source));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /, '') : String(error);
    const what = `"${source}" is no regular expression: ${reason}.`;
    return rejected({ where, what, change: 'Mend it, e.g. v?\\d+\\.\\d+\\.\\d+.' });
  }
}

/** A pattern such as `pr-*`, or a regular expression between slashes. */
function readPattern(where: string, text: string): Parsed<Matches> {
  const source = /^\/(.+)\/$/s.exec(text)?.[1];
  if (source !== undefined) return readExpression(where, source);
  const glob = new Minimatch(text, { dot: true, nonegate: true, nocomment: true });
  return parsed((name) => glob.match(name));
}

/** Patterns, those after `!` for what is not meant; with none of the others everything else is. */
export function readSelection(where: string, texts: readonly string[]): Parsed<Selection> {
  const empty = texts
    .filter((text) => text.replace(/^!/, '').trim() === '')
    .map(() => noName(where));
  const read = texts.map((text) => ({
    isOut: text.startsWith('!'),
    text: text.replace(/^!\s*/, ''),
    pattern: readPattern(where, text.replace(/^!\s*/, '')),
  }));
  const problems = [...empty, ...problemsOf(read.map(({ pattern }) => pattern))];
  if (problems.length > 0) return rejected(...problems);
  const of = (wanted: boolean): readonly Matches[] =>
    read.flatMap(({ isOut, pattern }) => (isOut === wanted && pattern.ok ? [pattern.value] : []));
  const [inside, outside] = [of(false), of(true)];
  return parsed({
    included: read.filter(({ isOut }) => !isOut).map(({ text }) => text),
    matches: (name) =>
      (inside.length === 0 || inside.some((matches) => matches(name))) &&
      !outside.some((matches) => matches(name)),
  });
}

function noName(where: string): Problem {
  return { where, what: 'Here stands an empty pattern.', change: 'Write a name, or remove it.' };
}
