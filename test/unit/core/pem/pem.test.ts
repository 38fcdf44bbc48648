import assert from 'node:assert/strict';
import { pemBlocks, restorePem, secretPemLines } from '../../../../src/core/pem/pem.ts';

const body = `${'A'.repeat(64)}\n${'B'.repeat(64)}\nQ==`;
const pem = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;

describe('PEM text from a variable', () => {
  it('is taken with line breaks of any kind, with \\n as two characters, and with spaces', () => {
    const variants = [
      pem,
      pem.trimEnd(),
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('\n', '\\r\\n'),
      pem.replaceAll('\n', ' '),
    ];
    for (const variant of variants) assert.equal(restorePem(variant), pem);
  });

  it('keeps several blocks in their order, and drops what is written between them', () => {
    const bundle = `subject=CN = one\n${pem}\nsubject=CN = two\n${pem.replaceAll('PRIVATE KEY', 'CERTIFICATE')}`;
    assert.deepEqual(
      pemBlocks(bundle).map(({ label }) => label),
      ['PRIVATE KEY', 'CERTIFICATE'],
    );
  });

  it('has no block when its end is missing', () => {
    assert.deepEqual(pemBlocks(pem.slice(0, 100)), []);
  });

  it('is masked line by line, without the short last line that would star out other text', () => {
    assert.deepEqual(secretPemLines(pem), ['A'.repeat(64), 'B'.repeat(64)]);
  });
});
