export type Token =
  | { readonly kind: 'name' | 'string'; readonly text: string; readonly offset: number }
  | { readonly kind: 'number'; readonly text: string; readonly offset: number }
  | { readonly kind: '(' | ')' | '[' | ']' | ',' | '.' | 'end'; readonly offset: number };

/** What is wrong with an expression, for the person who wrote it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

const PUNCTUATION = /[()[\],.]/y;
const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /-?\d+(?:\.\d+)*|-?\.\d+/y;
const STRING = /'((?:[^']|'')*)'/y;
const SPACE = /\s*/y;

/**
 * Splits an Azure Pipelines expression into tokens. Strings are in single quotes, doubled to quote themselves.
 * @throws ExpressionError naming the character that starts no token.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = skipSpace(text, 0);
  while (offset < text.length) {
    const [token, end] = readToken(text, offset);
    tokens.push(token);
    offset = skipSpace(text, end);
  }
  tokens.push({ kind: 'end', offset: text.length });
  return tokens;
}

function readToken(text: string, offset: number): [Token, number] {
  const string = matchAt(STRING, text, offset);
  if (string) {
    const content = (string[1] ?? '').replaceAll("''", "'");
    return [{ kind: 'string', text: content, offset }, offset + string[0].length];
  }
  const number = matchAt(NUMBER, text, offset);
  if (number) return [{ kind: 'number', text: number[0], offset }, offset + number[0].length];
  const name = matchAt(NAME, text, offset);
  if (name) return [{ kind: 'name', text: name[0], offset }, offset + name[0].length];
  const mark = matchAt(PUNCTUATION, text, offset);
  if (mark) return [{ kind: mark[0] as '(' | ')' | '[' | ']' | ',' | '.', offset }, offset + 1];
  throw new ExpressionError(
    text[offset] === "'"
      ? `the string that starts at "${text.slice(offset, offset + 20)}" has no closing quote`
      : `"${text.slice(offset, offset + 20)}" is no part of an expression (strings take single quotes)`,
  );
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

function skipSpace(text: string, offset: number): number {
  return offset + (matchAt(SPACE, text, offset)?.[0].length ?? 0);
}
