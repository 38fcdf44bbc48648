import assert from 'node:assert/strict';
import { createArgs, removeArgs } from '../../../../src/core/buildx/create-args.ts';

const plain = { name: 'ci', node: 'ci-0', endpoint: 'tcp://buildkitd:1234' };
const tls = { ca: '/c/ca.pem', client: { cert: '/c/cert.pem', key: '/c/key.pem' } };

describe('buildx create', () => {
  it('names builder and node, and ends with the endpoint', () => {
    assert.deepEqual(createArgs(plain), [
      ...['create', '--name', 'ci', '--node', 'ci-0', '--driver', 'remote'],
      'tcp://buildkitd:1234',
    ]);
  });

  it('gives paths of certificates, never their contents, and the name in the certificate', () => {
    const args = createArgs({ ...plain, tls: { ...tls, serverName: 'buildkitd.ci' } });
    assert.deepEqual(args.slice(7, -1), [
      ...['--driver-opt', 'cacert=/c/ca.pem', '--driver-opt', 'cert=/c/cert.pem'],
      ...['--driver-opt', 'key=/c/key.pem', '--driver-opt', 'servername=buildkitd.ci'],
    ]);
  });

  it('quotes an option as CSV, so that a comma in a path stays part of it', () => {
    const args = createArgs({ ...plain, tls: { ca: '/a,"b"/ca.pem' } });
    assert.equal(args.at(-2), '"cacert=/a,""b""/ca.pem"');
  });
});

describe('buildx rm', () => {
  it('keeps the daemon, which also spares the wait for a dead one', () => {
    assert.deepEqual(removeArgs('ci'), ['rm', '--keep-daemon', 'ci']);
  });
});
