import { compile, evaluate, type Scope } from '../expressions/evaluate.ts';
import type { ExpressionFunction } from '../expressions/functions.ts';
import { toBoolean } from '../expressions/values.ts';
import type { VisibleVariable } from './environment.ts';
import type { TaskResult } from './result.ts';

/** What a condition may look at. */
export interface ConditionFacts {
  /** The job's result so far; null while nothing has gone wrong. */
  readonly jobResult: TaskResult | null;
  readonly variables: readonly VisibleVariable[];
}

/** Parses a condition without running it. @throws ExpressionError; at job start this ends the job. */
export function checkCondition(condition: string): void {
  compile(effective(condition), scopeOf({ jobResult: null, variables: [] }));
}

/** An empty condition is `succeeded()`. @throws ExpressionError, which fails the step */
export function evaluateCondition(condition: string, facts: ConditionFacts): boolean {
  const scope = scopeOf(facts);
  return toBoolean(evaluate(compile(effective(condition), scope), scope));
}

function effective(condition: string): string {
  return condition.trim() === '' ? 'succeeded()' : condition;
}

function scopeOf({ jobResult, variables }: ConditionFacts): Scope {
  const values = new Map(variables.map(({ name, value }) => [name.toLowerCase(), value]));
  return { contexts: new Map([['variables', values]]), functions: statusFunctions(jobResult) };
}

/** The five status functions of the agent; they take no arguments there (AW/ExpressionManager.cs). */
function statusFunctions(result: TaskResult | null): Map<string, ExpressionFunction> {
  const succeeded = result === null || result === 'Succeeded' || result === 'SucceededWithIssues';
  const status = (value: boolean): ExpressionFunction => ({ min: 0, max: 0, call: () => value });
  return new Map([
    ['always', status(true)],
    ['canceled', status(result === 'Canceled')],
    ['failed', status(result === 'Failed')],
    ['succeeded', status(succeeded)],
    ['succeededorfailed', status(succeeded || result === 'Failed')],
  ]);
}
