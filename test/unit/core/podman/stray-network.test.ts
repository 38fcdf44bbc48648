import assert from 'node:assert/strict';
import { strayNetworks } from '../../../../src/core/podman/stray-network.ts';

const row = '\n0123 10.89.0.2  job-web,web,0123\n';

describe('a network that is gone', () => {
  it('is in the way when the DNS server still serves it at an address of ours', () => {
    const files = new Map([
      ['aardvark.pid', '4585'],
      ['gone', `10.89.0.1${row}`],
      ['job', `10.89.0.1${row}`],
      ['elsewhere', `10.89.1.1${row}`],
    ]);
    assert.deepEqual(strayNetworks(files, ['job']), [{ name: 'gone', address: '10.89.0.1' }]);
  });

  it('is found by any of its addresses, and whatever later versions write beside them', () => {
    const files = new Map([
      ['gone', `fd00::1,10.89.0.1 192.0.2.53${row}`],
      ['job%int', `10.89.0.1,fd00:1::1${row}`],
    ]);
    assert.deepEqual(strayNetworks(files, ['job']), [{ name: 'gone', address: '10.89.0.1' }]);
  });

  it('is not looked for among the networks of the same job', () => {
    const files = new Map([
      ['job-front', `10.89.0.1${row}`],
      ['job-back', `10.89.1.1${row}`],
    ]);
    assert.deepEqual(strayNetworks(files, ['job-front', 'job-back']), []);
  });
});
