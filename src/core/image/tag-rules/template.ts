/** One `{{name 'argument' key='value'}}`. */
export interface Expression {
  readonly name: string;
  readonly argument?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What the names of expressions stand for. */
export type Scope = Readonly<Record<string, (expression: Expression) => string>>;

const quoted = `'[^']*'|"[^"]*"`;
const expressionPattern = new RegExp(
  `\\{\\{\\{?\\s*(\\w+)(?:\\s+(${quoted}))?((?:\\s+\\w+=(?:${quoted}))*)\\s*\\}?\\}\\}`,
  'g',
);

/** The expressions of a text, in order; undefined when braces are left that are none. */
export function expressionsIn(text: string): readonly Expression[] | undefined {
  if (/\{\{|\}\}/.test(text.replace(expressionPattern, ''))) return undefined;
  return [...text.matchAll(expressionPattern)].map(toExpression);
}

/**
 * The text with every expression replaced. A name outside the scope becomes nothing; texts are checked when they are
 * read, so that none is left here. Unlike handlebars, which metadata-action uses, nothing is escaped as HTML.
 */
export function renderTemplate(text: string, scope: Scope): string {
  return text.replace(expressionPattern, (...match) => {
    const expression = toExpression(match as string[]);
    return scope[expression.name]?.(expression) ?? '';
  });
}

function toExpression([, name = '', argument, options = '']: readonly (string | undefined)[]) {
  const pairs = [...options.matchAll(new RegExp(`(\\w+)=(${quoted})`, 'g'))];
  return {
    name,
    ...(argument === undefined ? {} : { argument: argument.slice(1, -1) }),
    options: Object.fromEntries(
      pairs.map(([, key = '', value = '']) => [key, value.slice(1, -1)] as const),
    ),
  };
}
