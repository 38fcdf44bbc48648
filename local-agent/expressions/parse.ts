import { ExpressionError, tokenize, type Token } from './tokens.ts';

/** A parsed expression: literals, context lookups (`variables['a']`, `variables.a`) and function calls. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'index'; readonly target: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/**
 * Parses an expression of Azure Pipelines (conditions and `${{ }}` share one grammar).
 * @throws ExpressionError saying what was expected where.
 */
export function parseExpression(text: string): Expression {
  const cursor = new Cursor(text);
  const expression = readExpression(cursor);
  cursor.expect('end');
  return expression;
}

class Cursor {
  private readonly tokens: Token[];
  private position = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  next(): Token {
    const token = this.tokens[this.position] ?? { kind: 'end' as const, offset: this.text.length };
    this.position += 1;
    return token;
  }

  accept(kind: Token['kind']): boolean {
    if (this.tokens[this.position]?.kind !== kind) return false;
    this.position += 1;
    return true;
  }

  expect(kind: Token['kind']): void {
    const token = this.next();
    if (token.kind !== kind) throw this.unexpected(token, kind === 'end' ? 'the end' : `"${kind}"`);
  }

  unexpected(token: Token, expected: string): ExpressionError {
    const found = token.kind === 'end' ? 'the end' : `"${this.text.slice(token.offset)}"`;
    return new ExpressionError(`expected ${expected}, found ${found}`);
  }
}

function readExpression(cursor: Cursor): Expression {
  let expression = readPrimary(cursor);
  for (;;) {
    if (cursor.accept('[')) {
      const key = readExpression(cursor);
      cursor.expect(']');
      expression = { kind: 'index', target: expression, key };
    } else if (cursor.accept('.')) {
      expression = { kind: 'index', target: expression, key: readProperty(cursor) };
    } else return expression;
  }
}

function readProperty(cursor: Cursor): Expression {
  const token = cursor.next();
  if (token.kind !== 'name') throw cursor.unexpected(token, 'a property name after "."');
  return { kind: 'literal', value: token.text };
}

function readPrimary(cursor: Cursor): Expression {
  const token = cursor.next();
  if (token.kind === 'string') return { kind: 'literal', value: token.text };
  if (token.kind === 'number') return { kind: 'literal', value: numberOrVersion(token.text) };
  if (token.kind !== 'name') throw cursor.unexpected(token, 'a value, a function or a context');
  if (cursor.accept('(')) return { kind: 'call', name: token.text, args: readArguments(cursor) };
  const literal = KEYWORDS.get(token.text.toLowerCase());
  if (literal !== undefined) return { kind: 'literal', value: literal };
  return { kind: 'context', name: token.text };
}

const KEYWORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readArguments(cursor: Cursor): Expression[] {
  const args: Expression[] = [];
  if (cursor.accept(')')) return args;
  do args.push(readExpression(cursor));
  while (cursor.accept(','));
  cursor.expect(')');
  return args;
}

/** `1.2` is a number; `1.2.3` is a version, which compares as text here. */
function numberOrVersion(text: string): number | string {
  return /^-?\d*\.?\d+$/.test(text) ? Number(text) : text;
}
