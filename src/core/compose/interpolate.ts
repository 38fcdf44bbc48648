/** Value of a variable; undefined when it is not set. Names are looked up as written. */
export type Variables = (name: string) => string | undefined;

export type Interpolation =
  | { readonly ok: true; readonly text: string; readonly unset: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * A text with its variables filled in, by compose-go's own steps (template/template.go): one greedy pattern,
 * the first operator in the match decides, what stands behind the first closing brace is filled in anew.
 * `unset` names variables that were neither set nor given a default: they became empty.
 */
export function interpolate(text: string, variables: Variables): Interpolation {
  if (!text.includes('$')) return { ok: true, text, unset: [] };
  const unset: string[] = [];
  try {
    return { ok: true, text: substitute(text, { variables, unset }), unset };
  } catch (error) {
    if (error instanceof NotFilled) return { ok: false, reason: error.message };
    throw error;
  }
}

/** A template that cannot be filled in; never leaves this file. */
class NotFilled extends Error {}

interface Filling {
  readonly variables: Variables;
  readonly unset: string[];
}

const name = '[_a-z][_a-z0-9]*';
const form = `\\$(?:(?<escaped>\\$)|(?<named>${name})|\\{(?:(?<braced>${name}(?::?[-+?][^\\n]*)?)\\}|(?<invalid>)))`;
const pattern = new RegExp(form, 'gi');
const single = new RegExp(form, 'i');

/** Each level of nesting is one call; nobody nests variables deeper by hand. */
const maxDepth = 100;

function substitute(text: string, filling: Filling, depth = 0): string {
  if (depth > maxDepth) throw new NotFilled('nests variables too deep');
  return text.replace(pattern, (match: string) => replaceOne(match, text, filling, depth));
}

function replaceOne(match: string, template: string, filling: Filling, depth: number): string {
  const end = firstClosingBrace(match) + 1;
  const reference = end === 0 ? match : match.slice(0, end);
  const rest = end === 0 ? '' : match.slice(end);
  const { escaped, named, braced } = parts(reference);
  if (escaped !== '') return escaped;
  const value = braced === '' ? undefined : withOperator(braced, match, filling, depth + 1);
  if (value !== undefined) return value + substitute(rest, filling, depth + 1);
  const found = named === '' ? braced : named;
  if (found === '') throw new NotFilled(`has an invalid interpolation format: ${template}`);
  return plainValue(found, filling);
}

function parts(reference: string) {
  const groups = single.exec(reference)?.groups ?? {};
  const { escaped = '', named = '', braced = '' } = groups as Record<string, string | undefined>;
  return { escaped, named, braced };
}

function plainValue(variable: string, { variables, unset }: Filling): string {
  const value = variables(variable);
  if (value === undefined) unset.push(variable);
  return value ?? '';
}

/** Undefined when the reference has none. */
function withOperator(
  reference: string,
  match: string,
  filling: Filling,
  depth: number,
): string | undefined {
  const operator = /:\?|\?|:-|-|:\+|\+/.exec(match)?.[0];
  if (operator === undefined || !reference.includes(operator)) return undefined;
  const at = reference.indexOf(operator);
  const variable = reference.slice(0, at);
  const word = (): string => substitute(reference.slice(at + operator.length), filling, depth);
  const value = filling.variables(variable);
  // `:` lets an empty value count as none.
  const isGiven = value !== undefined && (value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return isGiven ? word() : (value ?? '');
  if (isGiven) return value;
  return operator.endsWith('?') ? missing(variable, word()) : word();
}

function missing(variable: string, message: string): never {
  const why = message === '' ? '' : `: ${message}`;
  throw new NotFilled(`needs the variable ${variable}, which has no value${why}`);
}

/** The brace that closes the first one that was opened; -1 when there is none. */
function firstClosingBrace(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '}') {
      open -= 1;
      if (open === 0) return at;
    }
    if (letter === '{') {
      open += 1;
      at += 1;
    }
  }
  return -1;
}
