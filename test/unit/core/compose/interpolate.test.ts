import assert from 'node:assert/strict';
import fc from 'fast-check';
import { interpolate } from '../../../../src/core/compose/interpolate.ts';

const variables = (name: string): string | undefined =>
  ({ FULL: 'value', EMPTY: '', OTHER: 'other', lower: 'small' })[name];
const filled = (text: string): string => {
  const result = interpolate(text, variables);
  return result.ok ? result.text : `!${result.reason}`;
};

describe('interpolation of compose values', () => {
  const forms: readonly (readonly [text: string, result: string, rule: string])[] = [
    ['$FULL', 'value', 'takes a bare name'],
    ['a${FULL}b', 'avalueb', 'takes a name in braces'],
    ['${UNSET}', '', 'makes an unset variable empty'],
    ['${UNSET:-d}', 'd', ':- replaces an unset variable'],
    ['${EMPTY:-d}', 'd', ':- replaces an empty one'],
    ['${EMPTY-d}', '', '- keeps an empty one'],
    ['${UNSET-d}', 'd', '- replaces an unset one'],
    ['${FULL:+a}', 'a', ':+ replaces a value'],
    ['${EMPTY:+a}', '', ':+ leaves an empty one'],
    ['${EMPTY+a}', 'a', '+ replaces an empty one'],
    ['${UNSET+a}', '', '+ leaves an unset one'],
    ['${FULL:?e}', 'value', ':? passes a value on'],
    ['${EMPTY?e}', '', '? passes an empty one on'],
    ['${UNSET:-${EMPTY:-${OTHER}}}', 'other', 'fills defaults of defaults'],
    ['${UNSET:-a:-b}', 'a:-b', 'lets the first operator win'],
    ['${UNSET-a?b}', 'a?b', 'takes other operators in a word as text'],
    ['$$FULL $${FULL}', '$FULL ${FULL}', 'makes one dollar of two'],
    ['$5 and $', '$5 and $', 'leaves a dollar before anything else'],
    ['${lower}${LOWER}', 'small', 'looks names up as written'],
    ['${UNSET', '!has an invalid interpolation format: ${UNSET', 'refuses what is not closed'],
    ['${1}', '!has an invalid interpolation format: ${1}', 'refuses what is not a name'],
    ['${X:=d}', '!has an invalid interpolation format: ${X:=d}', 'refuses other operators'],
    [
      '${EMPTY:?set ${OTHER}}',
      '!needs the variable EMPTY, which has no value: set other',
      'says why a variable is needed',
    ],
    ['${FULL:-${UNSET:?never}}', 'value', 'does not look at a default that is not needed'],
  ];
  for (const [text, result, rule] of forms) {
    it(`${rule}: ${text}`, () => {
      assert.equal(filled(text), result);
    });
  }

  it('names the variables that became empty for want of a value', () => {
    const result = interpolate('${UNSET} ${EMPTY} ${GONE-} $AWAY', variables);
    assert.deepEqual(result.ok && result.unset, ['UNSET', 'AWAY']);
  });

  it('gives any text back whose dollars are doubled', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(filled(text.replaceAll('$', '$$$$')), text);
      }),
    );
  });

  it('ends for any text, with a result or a reason', () => {
    const piece = fc.constantFrom('$', '{', '}', ':', '-', '?', '+', 'A', '$$', '${A:-', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        assert.equal(typeof interpolate(pieces.join(''), variables).ok, 'boolean');
      }),
    );
  });
});
