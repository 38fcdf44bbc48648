import assert from 'node:assert/strict';
import { createCommands, removeArgs } from '../../../../src/core/buildx/create-args.ts';

const node = { name: 'ci-0', endpoint: 'tcp://buildkitd:1234', platforms: [] };
const plain = { name: 'ci', nodes: [node] };
const tls = { ca: '/c/ca.pem', client: { cert: '/c/cert.pem', key: '/c/key.pem' } };

describe('buildx create', () => {
  it('names builder and node, and ends with the endpoint', () => {
    assert.deepEqual(createCommands(plain), [
      [
        ...['create', '--name', 'ci', '--node', 'ci-0', '--driver', 'remote'],
        'tcp://buildkitd:1234',
      ],
    ]);
  });

  it('gives paths of certificates, never their contents, and the name in the certificate', () => {
    const secure = { ...node, tls: { ...tls, serverName: 'buildkitd.ci' } };
    const [args = []] = createCommands({ ...plain, nodes: [secure] });
    assert.deepEqual(args.slice(7, -1), [
      ...['--driver-opt', 'cacert=/c/ca.pem', '--driver-opt', 'cert=/c/cert.pem'],
      ...['--driver-opt', 'key=/c/key.pem', '--driver-opt', 'servername=buildkitd.ci'],
    ]);
  });

  it('quotes an option as CSV, so that a comma in a path stays part of it', () => {
    const nodes = [{ ...node, tls: { ca: '/a,"b"/ca.pem' } }];
    const [args = []] = createCommands({ ...plain, nodes });
    assert.equal(args.at(-2), '"cacert=/a,""b""/ca.pem"');
  });

  it('appends each further node, with the platforms whose builds go there', () => {
    const nodes = [
      { ...node, platforms: ['linux/amd64'] },
      { name: 'ci-1', endpoint: 'tcp://arm:1', platforms: ['linux/arm/v7', 'linux/arm64'] },
    ];
    const [first = [], second = []] = createCommands({ ...plain, nodes });
    assert.deepEqual(first.slice(0, 2), ['create', '--name']);
    assert.deepEqual(second, [
      ...['create', '--append', '--name', 'ci', '--node', 'ci-1'],
      ...['--platform', 'linux/arm/v7,linux/arm64', '--driver', 'remote', 'tcp://arm:1'],
    ]);
  });
});

describe('buildx rm', () => {
  it('keeps the daemon, which also spares the wait for a dead one', () => {
    assert.deepEqual(removeArgs('ci'), ['rm', '--keep-daemon', 'ci']);
  });
});
