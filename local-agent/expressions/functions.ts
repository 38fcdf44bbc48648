import { ExpressionError } from './tokens.ts';
import { compare, equal, toBoolean, toText, type Value } from './values.ts';

/** One function of the expression language; `min` and `max` count its arguments. */
export interface ExpressionFunction {
  readonly min: number;
  readonly max: number;
  readonly call: (args: readonly Value[]) => Value;
}

type Two = (left: Value, right: Value) => Value;

function two(call: Two): ExpressionFunction {
  return { min: 2, max: 2, call: ([left = null, right = null]) => call(left, right) };
}

function one(call: (value: Value) => Value): ExpressionFunction {
  return { min: 1, max: 1, call: ([value = null]) => call(value) };
}

function any(min: number, call: (args: readonly Value[]) => Value): ExpressionFunction {
  return { min, max: Infinity, call };
}

const lower = (value: Value): string => toText(value).toLowerCase();

/** The documented library that conditions and `${{ }}` share; names are looked up in lower case. */
export const COMMON_FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map([
  ['and', any(2, (args) => args.every(toBoolean))],
  ['or', any(2, (args) => args.some(toBoolean))],
  ['not', one((value) => !toBoolean(value))],
  ['xor', two((left, right) => toBoolean(left) !== toBoolean(right))],
  ['eq', two(equal)],
  ['ne', two((left, right) => !equal(left, right))],
  ['gt', two((left, right) => compare(left, right) > 0)],
  ['ge', two((left, right) => compare(left, right) >= 0)],
  ['lt', two((left, right) => compare(left, right) < 0)],
  ['le', two((left, right) => compare(left, right) <= 0)],
  ['in', any(2, ([value = null, ...list]) => list.some((item) => equal(value, item)))],
  ['notin', any(2, ([value = null, ...list]) => !list.some((item) => equal(value, item)))],
  ['contains', two((text, part) => lower(text).includes(lower(part)))],
  ['startswith', two((text, part) => lower(text).startsWith(lower(part)))],
  ['endswith', two((text, part) => lower(text).endsWith(lower(part)))],
  ['coalesce', any(2, (args) => args.find((value) => value !== null && value !== '') ?? null)],
  ['format', any(1, ([pattern = '', ...args]) => format(toText(pattern), args))],
  ['join', any(2, ([separator = '', ...list]) => list.map(toText).join(toText(separator)))],
  ['length', one((value) => toText(value).length)],
  ['lower', one(lower)],
  ['upper', one((value) => toText(value).toUpperCase())],
  ['trim', one((value) => toText(value).trim())],
  ['replace', { min: 3, max: 3, call: (args) => replace(args) }],
  [
    'iif',
    {
      min: 3,
      max: 3,
      call: ([test = null, yes = null, no = null]) => (toBoolean(test) ? yes : no),
    },
  ],
]);

function replace([text = '', from = '', to = '']: readonly Value[]): string {
  return toText(text).replaceAll(toText(from), toText(to));
}

function format(pattern: string, args: readonly Value[]): string {
  return pattern.replace(/\{\{|\}\}|\{(\d+)\}/g, (match, index?: string) => {
    if (index === undefined) return match.slice(1);
    const value = args[Number(index)];
    if (value === undefined) throw new ExpressionError(`format has no argument for ${match}`);
    return toText(value);
  });
}
