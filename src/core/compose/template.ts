export type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';

/** `$NAME`, or `${NAME}` with an operator and the word after it. */
export interface Reference {
  readonly name: string;
  readonly operator?: Operator;
  readonly word: readonly TemplatePart[];
}

export type TemplatePart = string | Reference;

interface Cursor {
  readonly text: string;
  at: number;
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const operatorPattern = /:[-?+]|[-?+]/y;

/** The parts of a text with variables; undefined when a `${` is not a form that compose knows, or not closed. */
export function parseTemplate(text: string): readonly TemplatePart[] | undefined {
  return parseParts({ text, at: 0 }, false);
}

/** Up to the end, or up to and with the `}` that closes a word. */
function parseParts(cursor: Cursor, isWord: boolean): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  while (cursor.at < cursor.text.length) {
    const next = cursor.text.charAt(cursor.at);
    if (isWord && next === '}') {
      cursor.at += 1;
      return parts;
    }
    const part = next === '$' ? parseDollar(cursor) : parseLiteral(cursor, isWord);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return isWord ? undefined : parts;
}

function parseLiteral(cursor: Cursor, isWord: boolean): string {
  const literal = take(cursor, isWord ? /[^$}]+/y : /[^$]+/y);
  return literal ?? '';
}

/** `$$` is one dollar; a dollar before anything else than a name or a brace stays one (compose-go: `$5`). */
function parseDollar(cursor: Cursor): TemplatePart | undefined {
  cursor.at += 1;
  if (take(cursor, /\$/y) !== undefined) return '$';
  if (take(cursor, /\{/y) !== undefined) return parseBraced(cursor);
  const name = take(cursor, namePattern);
  return name === undefined ? '$' : { name, word: [] };
}

function parseBraced(cursor: Cursor): Reference | undefined {
  const name = take(cursor, namePattern);
  if (name === undefined) return undefined;
  if (take(cursor, /\}/y) !== undefined) return { name, word: [] };
  const operator = take(cursor, operatorPattern);
  if (operator === undefined) return undefined;
  const word = parseParts(cursor, true);
  return word === undefined ? undefined : { name, operator: operator as Operator, word };
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}
