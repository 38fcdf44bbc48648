import assert from 'node:assert/strict';
import { compile, evaluate, type Scope } from '../../../../local-agent/expressions/evaluate.ts';
import type { Scalar, Value } from '../../../../local-agent/expressions/values.ts';

const SCOPE: Scope = {
  contexts: new Map([
    [
      'variables',
      new Map<string, Scalar>([
        ['build.reason', 'Manual'],
        ['count', '10'],
        ['name', "it's"],
      ]),
    ],
    [
      'parameters',
      new Map<string, Scalar>([
        ['flag', true],
        ['size', 3],
      ]),
    ],
  ]),
};

const run = (text: string): Value => evaluate(compile(text, SCOPE), SCOPE);

function expectAll(cases: Readonly<Record<string, Value>>): void {
  for (const [text, expected] of Object.entries(cases)) assert.equal(run(text), expected, text);
}

describe('Expressions', () => {
  it('look up by name, ignoring case; what is missing is null', () => {
    expectAll({
      "variables['Build.Reason']": 'Manual',
      'variables.NAME': "it's",
      'variables.nothing': null,
      "coalesce(variables.nothing, '', 'last')": 'last',
    });
  });

  it('compare text without case and convert the right side to the type of the left', () => {
    expectAll({
      "eq('ABC', 'abc')": true,
      "eq(parameters.flag, 'x')": true,
      "eq(parameters.size, '3')": true,
      "eq(variables.nothing, '')": true,
      "ne(parameters.size, 'three')": true,
      'gt(parameters.size, 2)': true,
      "lt('a', 'B')": true,
      "ge(parameters.size, '3')": true,
      'le(4, parameters.size)': false,
      "in('b', 'a', 'B')": true,
      "notIn('c', 'a', 'b')": true,
    });
  });

  it('combine truth: empty text, 0, false and null are false', () => {
    expectAll({
      "and(true, 'x', 1)": true,
      "or('', 0, variables.nothing)": false,
      "not('')": true,
      'xor(true, false)': true,
      "iif(true, 'yes', 'no')": 'yes',
    });
  });

  it('work on text', () => {
    expectAll({
      "contains('Hello', 'ELL')": true,
      "startsWith('refs/heads/x', 'refs/heads/')": true,
      "endsWith('a.yml', '.YML')": true,
      "format('{0}-{1} {{}}', 'a', parameters.flag)": 'a-True {}',
      "join(', ', 'a', 'b')": 'a, b',
      "replace('a.b.c', '.', '-')": 'a-b-c',
      "upper(trim(' x '))": 'X',
      "lower('ABC')": 'abc',
      "length('four')": 4,
      "'it''s'": "it's",
    });
  });

  it('are refused with a sentence that says what is wrong', () => {
    const wrong: Readonly<Record<string, RegExp>> = {
      'eq(1)': /eq takes 2 argument\(s\), found 1/,
      'frob(1)': /there is no function "frob" here/,
      'stages.x': /"stages" is not known here; expected one of: variables, parameters/,
      "eq('a'": /expected "\)", found the end/,
      "'open": /has no closing quote/,
      '"double"': /strings take single quotes/,
      'eq(1, 2) x': /expected the end, found "x"/,
      '': /expected a value, a function or a context, found the end/,
      'variables.1': /expected a property name|expected the end/,
    };
    for (const [text, expected] of Object.entries(wrong))
      assert.throws(() => run(text), expected, text);
  });

  it('are checked as a whole before they run, also where they would not be reached', () => {
    assert.throws(() => compile("or(true, frob('x'))", SCOPE), /frob/);
  });
});
