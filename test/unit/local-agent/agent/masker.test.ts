import assert from 'node:assert/strict';
import { SecretMasker } from '../../../../local-agent/agent/masker.ts';

function masker(...secrets: readonly string[]): SecretMasker {
  const result = new SecretMasker();
  for (const secret of secrets) result.addInitialSecret(secret);
  return result;
}

describe('The secret masker', () => {
  it('merges overlapping and adjoining hits into one', () => {
    assert.equal(masker('abcd', 'cdef').mask('x abcdef y'), 'x *** y');
    assert.equal(masker('abc', 'def').mask('abcdef'), '***');
    assert.equal(masker('abc', 'def').mask('abc def'), '*** ***');
  });

  it('hides a secret as it looks inside a command: percents and line breaks escaped', () => {
    assert.equal(masker('50%\noff').mask('50%AZP25%0Aoff and 50%%0Aoff'), '*** and ***');
  });

  it('hides a secret without the quotes or the white space around it', () => {
    assert.equal(masker('"quoted"').mask('quoted'), '***');
    assert.equal(masker(' padded\n').mask('padded'), '***');
  });

  it('hides a secret without its backslashes', () => {
    assert.equal(masker('a\\b').mask('ab'), '***');
  });

  it('hides no line of a secret that has several', () => {
    assert.equal(masker('one\ntwo').mask('one'), 'one');
  });

  it('hides the password in any URL', () => {
    assert.equal(
      masker().mask('https://me:word@host and http://host:80/x'),
      'https://me:***@host and http://host:80/x',
    );
  });

  it('leaves short secrets alone when told to, but never those of six characters', () => {
    const lax = new SecretMasker(20);
    lax.add('12345');
    lax.add('123456');
    assert.equal(lax.mask('12345'), '12345');
    assert.equal(lax.mask('123456'), '***');
  });

  it('hides a secret of one character everywhere, since there is no least length', () => {
    assert.equal(masker('a').mask('banana'), 'b***n***n***');
  });
});
