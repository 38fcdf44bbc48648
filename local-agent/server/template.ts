import { compile, evaluate, type Scope } from '../expressions/evaluate.ts';
import { ExpressionError } from '../expressions/tokens.ts';
import { toText, type Scalar } from '../expressions/values.ts';

/** The values that `${{ }}` can name while the pipeline is compiled; keys in lower case. */
export interface TemplateContext {
  readonly parameters: ReadonlyMap<string, Scalar>;
  readonly variables: ReadonlyMap<string, Scalar>;
}

const DIRECTIVE = /^(if|elseif|else|each|insert)\b/;

/**
 * Replaces every `${{ expression }}` in `text`. A name that does not exist becomes nothing, as on the server.
 * @throws ExpressionError for bad expressions and for directives (`if`, `each`, `insert`), which are not supported.
 */
export function expandTemplate(text: string, context: TemplateContext): string {
  let result = '';
  let rest = text;
  for (;;) {
    const start = rest.indexOf('${{');
    if (start < 0) return result + rest;
    const end = closingBraces(rest, start + 3);
    result += rest.slice(0, start) + expandOne(rest.slice(start + 3, end), context);
    rest = rest.slice(end + 2);
  }
}

function expandOne(inner: string, context: TemplateContext): string {
  const expression = inner.trim();
  if (DIRECTIVE.test(expression)) {
    throw new ExpressionError(
      `"\${{ ${expression} }}" is not supported by the local agent; it knows \${{ }} as plain substitution of parameters and variables`,
    );
  }
  const scope: Scope = { contexts: new Map(Object.entries(context)) };
  return toText(evaluate(compile(expression, scope), scope));
}

/** Index of the `}}` that ends the expression; one inside a quoted string does not count. */
function closingBraces(text: string, from: number): number {
  let quoted = false;
  for (let index = from; index < text.length; index++) {
    if (text[index] === "'") quoted = !quoted;
    if (!quoted && text.startsWith('}}', index)) return index;
  }
  throw new ExpressionError(`"${text.slice(from - 3, from + 17)}" has no closing "}}"`);
}
