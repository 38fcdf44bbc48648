import assert from 'node:assert/strict';
import { expandMacros } from '../../../../local-agent/agent/macros.ts';

const values: Readonly<Record<string, string>> = { a: '1', b: '$(a)', 'x y': 'spaced', empty: '' };
const expand = (text: string): string => expandMacros(text, (name) => values[name]);

describe('Macro expansion', () => {
  it('replaces what it knows and leaves the rest as text', () => {
    assert.equal(expand('$(a) $(nothing) $(x y) [$(empty)]'), '1 $(nothing) spaced []');
  });

  it('does not look at a replaced value again', () => {
    assert.equal(expand('$(b)'), '$(a)');
  });

  it('finds a macro inside what is none', () => {
    assert.equal(expand('$(date +$(a))'), '$(date +1)');
    assert.equal(expand('$($(a)'), '$(1');
  });

  it('leaves an unfinished macro alone', () => {
    assert.equal(expand('$(a'), '$(a');
  });
});
