import { type Reference, type TemplatePart, parseTemplate } from './template.ts';

/** Value of a variable; undefined when it is not set. Names are looked up as written. */
export type Variables = (name: string) => string | undefined;

export type Interpolation =
  | { readonly ok: true; readonly text: string; readonly unset: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * A text with its variables filled in (compose-spec 12-interpolation, forms as in compose-go's template.go).
 * `unset` names variables that were neither set nor given a default: they became empty.
 */
export function interpolate(text: string, variables: Variables): Interpolation {
  const template = parseTemplate(text);
  if (template === undefined) {
    return { ok: false, reason: `has an invalid interpolation format: ${text}` };
  }
  const unset: string[] = [];
  try {
    return { ok: true, text: fill(template, variables, unset), unset };
  } catch (error) {
    if (error instanceof MissingVariable) return { ok: false, reason: error.message };
    throw error;
  }
}

/** `${NAME:?message}` without a value; never leaves this file. */
class MissingVariable extends Error {}

function fill(parts: readonly TemplatePart[], variables: Variables, unset: string[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : valueOf(part, variables, unset)))
    .join('');
}

function valueOf(reference: Reference, variables: Variables, unset: string[]): string {
  const { name, operator, word } = reference;
  const value = variables(name);
  if (operator === undefined) {
    if (value === undefined) unset.push(name);
    return value ?? '';
  }
  // `:` lets an empty value count as none.
  const given = operator.startsWith(':') ? value || undefined : value;
  const filledWord = (): string => fill(word, variables, unset);
  if (operator.endsWith('+')) return given === undefined ? '' : filledWord();
  if (given !== undefined) return given;
  return operator.endsWith('?') ? missing(name, filledWord()) : filledWord();
}

function missing(name: string, message: string): never {
  const why = message === '' ? '' : `: ${message}`;
  throw new MissingVariable(`needs the variable ${name}, which has no value${why}`);
}
