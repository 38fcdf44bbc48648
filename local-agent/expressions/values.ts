import { ExpressionError } from './tokens.ts';

export type Scalar = string | number | boolean | null;
/** A value inside an expression: a scalar, or a context whose keys ignore case (`variables`, `parameters`). */
export type Value = Scalar | ReadonlyMap<string, Scalar>;

/** Empty text, 0, false and null are false; everything else is true. */
export function toBoolean(value: Value): boolean {
  return !(value === null || value === false || value === 0 || value === '');
}

/** Text as Azure Pipelines prints it: booleans with a capital, null as nothing. */
export function toText(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object')
    throw new ExpressionError('a whole context is no text; name a key of it');
  return String(value);
}

/** Converts to a number; null when the text is none. */
function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return 0;
  if (typeof value !== 'string') return null;
  const number = value.trim() === '' ? 0 : Number(value);
  return Number.isNaN(number) ? null : number;
}

/** `eq`: the right side is converted to the left side's type; text ignores case; what cannot be converted differs. */
export function equal(left: Value, right: Value): boolean {
  if (typeof left === 'object' && left !== null) return left === right;
  if (left === null) return right === null || right === '';
  if (typeof left === 'boolean') return left === toBoolean(right);
  if (typeof left === 'number') return left === toNumber(right);
  return typeof right !== 'object' || right === null
    ? left.toLowerCase() === toText(right).toLowerCase()
    : false;
}

/** Negative, zero or positive as `left` is before, like or after `right`, in the left side's type. */
export function compare(left: Value, right: Value): number {
  if (typeof left === 'number' || typeof left === 'boolean') {
    const number = toNumber(right);
    if (number === null)
      throw new ExpressionError(`cannot compare a number with "${toText(right)}"`);
    return Number(left) - number;
  }
  const a = toText(left).toLowerCase();
  const b = toText(right).toLowerCase();
  return a < b ? -1 : a > b ? 1 : 0;
}
