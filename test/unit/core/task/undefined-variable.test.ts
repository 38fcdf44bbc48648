import assert from 'node:assert/strict';
import { undefinedVariable } from '../../../../src/core/task/undefined-variable.ts';

describe('a macro that the agent left as text', () => {
  it('is named, because no such variable exists', () => {
    const problem = undefinedVariable('caCert', '$(certificates.folder)/ca.pem');
    assert.match(problem?.what ?? '', /"certificates\.folder" is not defined/);
    assert.equal(problem?.where, 'caCert');
  });

  it('is not seen where there is none', () => {
    assert.equal(undefinedVariable('caCert', '/certs/ca.pem'), undefined);
    assert.equal(undefinedVariable('caCert', 'a $ (b) ${c}'), undefined);
  });
});
