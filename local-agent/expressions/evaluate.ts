import { COMMON_FUNCTIONS, type ExpressionFunction } from './functions.ts';
import { parseExpression, type Expression } from './parse.ts';
import { ExpressionError } from './tokens.ts';
import { toText, type Scalar, type Value } from './values.ts';

/** What an expression may name. Keys of `contexts` and of the maps in it are in lower case. */
export interface Scope {
  readonly contexts: ReadonlyMap<string, ReadonlyMap<string, Scalar>>;
  readonly functions?: ReadonlyMap<string, ExpressionFunction>;
}

/**
 * Parses `text` and checks every name in it against `scope`, without evaluating: the agent does this for all
 * conditions of a job before the first step runs.
 * @throws ExpressionError naming the unknown function, context or wrong number of arguments.
 */
export function compile(text: string, scope: Scope): Expression {
  const expression = parseExpression(text);
  check(expression, scope);
  return expression;
}

/** Evaluates a compiled expression. A key that does not exist is null. @throws ExpressionError */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'context':
      return scope.contexts.get(expression.name.toLowerCase()) ?? null;
    case 'index':
      return lookUp(evaluate(expression.target, scope), evaluate(expression.key, scope));
    case 'call':
      return functionOf(expression.name, scope).call(
        expression.args.map((argument) => evaluate(argument, scope)),
      );
  }
}

function lookUp(target: Value, key: Value): Value {
  if (target === null || typeof target !== 'object') return null;
  return target.get(toText(key).toLowerCase()) ?? null;
}

function check(expression: Expression, scope: Scope): void {
  if (expression.kind === 'context') checkContext(expression.name, scope);
  if (expression.kind === 'index') {
    check(expression.target, scope);
    check(expression.key, scope);
  }
  if (expression.kind !== 'call') return;
  const { min, max } = functionOf(expression.name, scope);
  const count = expression.args.length;
  if (count < min || count > max) {
    const wanted =
      min === max ? `${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
    throw new ExpressionError(`${expression.name} takes ${wanted} argument(s), found ${count}`);
  }
  for (const argument of expression.args) check(argument, scope);
}

function checkContext(name: string, scope: Scope): void {
  if (scope.contexts.has(name.toLowerCase())) return;
  const known = [...scope.contexts.keys()].join(', ');
  throw new ExpressionError(`"${name}" is not known here; expected one of: ${known}`);
}

function functionOf(name: string, scope: Scope): ExpressionFunction {
  const key = name.toLowerCase();
  const found = scope.functions?.get(key) ?? COMMON_FUNCTIONS.get(key);
  if (!found) throw new ExpressionError(`there is no function "${name}" here`);
  return found;
}
