import type { Problem } from './errors.ts';

/** The outcome of reading what a user wrote: the value, or every problem at once. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function rejected(...problems: readonly Problem[]): Parsed<never> {
  return { ok: false, problems };
}

/** The problems of all results, in order; empty when every one is well. */
export function problemsOf(results: readonly Parsed<unknown>[]): readonly Problem[] {
  return results.flatMap((result) => (result.ok ? [] : result.problems));
}

/** One value of all topics when each is well, otherwise the problems of all, in the topics' order. */
export function allOf<T extends object>(topics: {
  readonly [K in keyof T]: Parsed<T[K]>;
}): Parsed<T> {
  const results: readonly (readonly [string, Parsed<unknown>])[] = Object.entries(topics);
  const problems = problemsOf(results.map(([, result]) => result));
  if (problems.length > 0) return rejected(...problems);
  const values = results.flatMap(([name, result]) => (result.ok ? [[name, result.value]] : []));
  return parsed(Object.fromEntries(values) as T);
}
