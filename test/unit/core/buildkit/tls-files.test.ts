import assert from 'node:assert/strict';
import { layOutTls } from '../../../../src/core/buildkit/tls-files.ts';

describe('where certificates lie', () => {
  it('is where the user has them; text goes to files of ours', () => {
    const layout = layOutTls(
      {
        ca: { kind: 'file', path: '/secure/ca.pem' },
        client: { cert: { kind: 'text', pem: 'CERT' }, key: { kind: 'text', pem: 'KEY' } },
        serverName: 'b.ci',
      },
      '/temp/certs',
    );
    assert.deepEqual(layout, {
      files: {
        ca: '/secure/ca.pem',
        client: { cert: '/temp/certs/cert.pem', key: '/temp/certs/key.pem' },
        serverName: 'b.ci',
      },
      toWrite: [
        { path: '/temp/certs/cert.pem', pem: 'CERT' },
        { path: '/temp/certs/key.pem', pem: 'KEY' },
      ],
    });
  });

  it('has no client pair when none was given', () => {
    const layout = layOutTls({ ca: { kind: 'text', pem: 'CA' } }, '/temp/certs');
    assert.deepEqual(layout.files, { ca: '/temp/certs/ca.pem' });
  });
});
