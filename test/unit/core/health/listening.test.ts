import assert from 'node:assert/strict';
import { listeningPorts } from '../../../../src/core/health/listening.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid';
const row = (local: string, state: string): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000   999        0 12345`;

describe('ports that a container listens on', () => {
  it('are read from the tables of the kernel, for both families', () => {
    const tcp = [head, row('00000000:1538', '0A'), row('020A590A:18EB', '0A')].join('\n');
    const tcp6 = [head, row('00000000000000000000000000000000:1F90', '0A')].join('\n');
    assert.deepEqual([...listeningPorts(tcp, tcp6)], [5432, 6379, 8080]);
  });

  it('are neither connections nor what only the container itself can reach', () => {
    const tcp = [head, row('0100007F:1538', '0A'), row('020A590A:18EB', '01')].join('\n');
    const tcp6 = [
      row('00000000000000000000000001000000:1F90', '0A'),
      row('0000000000000000FFFF00000100007F:1F91', '0A'),
    ].join('\n');
    assert.deepEqual([...listeningPorts(tcp, tcp6)], []);
  });
});
