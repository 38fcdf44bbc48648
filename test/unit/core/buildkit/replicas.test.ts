import assert from 'node:assert/strict';
import {
  addressReplicas,
  dnsProblem,
  namedReplica,
  serviceReplicas,
} from '../../../../src/core/buildkit/replicas.ts';

const tcp = { kind: 'tcp', url: 'tcp://b:1', host: 'b', port: 1 } as const;
const srv = { kind: 'srv', url: 'srv+tcp://_grpc._tcp.b', service: '_grpc._tcp.b' } as const;
const dns = { kind: 'dns', url: 'dns+tcp://b:1', host: 'b', port: 1 } as const;
const record = (target: string, port = 1234, priority = 0) => ({ target, port, priority });

describe('replicas behind a DNS name', () => {
  it('are named by the targets of its SRV records, which outlive addresses', () => {
    const replicas = serviceReplicas([record('b-1.b'), record('b-0.b')]);
    assert.deepEqual(
      replicas.map(({ name, endpoint }) => [name, endpoint.url]),
      [
        ['b-0.b', 'tcp://b-0.b:1234'],
        ['b-1.b', 'tcp://b-1.b:1234'],
      ],
    );
  });

  it('come in the order of their priority, which is the order of the list for routing', () => {
    const replicas = serviceReplicas([record('a', 1, 20), record('z', 1, 10)]);
    assert.deepEqual(
      replicas.map(({ name }) => name),
      ['z', 'a'],
    );
  });

  it('are told apart by their ports when one host has several', () => {
    const replicas = serviceReplicas([record('b', 2), record('b', 1)]);
    assert.deepEqual(
      replicas.map(({ name }) => name),
      ['b:1', 'b:2'],
    );
  });

  it('are none when the record says that there is no such service (RFC 2782)', () => {
    assert.deepEqual(serviceReplicas([record('', 0)]), []);
    const nothing = { kind: 'found', records: [] } as const;
    const { what } = dnsProblem({ address: srv, platforms: [] }, nothing);
    assert.equal(what, 'The DNS name in srv+tcp://_grpc._tcp.b names no target.');
  });

  it('are its addresses, each checked for the name that led to it', () => {
    const [v4, v6] = addressReplicas(['10.0.0.1', 'fd00::1', '10.0.0.1'], dns);
    assert.deepEqual(
      [v4?.endpoint.url, v6?.endpoint.url],
      ['tcp://10.0.0.1:1', 'tcp://[fd00::1]:1'],
    );
    assert.equal(v4?.endpoint.kind === 'tcp' && v4.endpoint.serverName, 'b');
  });
});

describe('a replica that is listed', () => {
  it('has the given name, else host and port', () => {
    assert.equal(namedReplica('first', tcp).name, 'first');
    assert.equal(namedReplica(undefined, tcp).name, 'b:1');
  });
});

describe('a DNS name that leads to no daemon', () => {
  it('is unknown, or the server does not answer, which are different mistakes', () => {
    const because = (code: string) =>
      dnsProblem({ address: srv, platforms: [] }, { kind: 'failed', code }).what;
    assert.match(because('ENOTFOUND'), /has no SRV record/);
    assert.match(because('ETIMEOUT'), /DNS does not say where .* \(ETIMEOUT\)/);
  });
});
