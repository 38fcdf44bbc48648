import assert from 'node:assert/strict';
import { hintFor } from '../../../../src/core/podman/failure-hints.ts';
import { parseImages } from '../../../../src/core/podman/image-facts.ts';
import { parseContainers } from '../../../../src/core/podman/inspect.ts';
import { isNoise } from '../../../../src/core/podman/noise.ts';
import {
  type PublishedService,
  type ServiceAddress,
  addressOf,
  agentVariables,
  environmentLines,
  outputVariables,
  serviceAddress,
  servicesMap,
} from '../../../../src/core/podman/outputs.ts';
import { pullReference } from '../../../../src/core/podman/pull-reference.ts';

function published(address?: ServiceAddress): PublishedService {
  return {
    ...{ service: 'my-db', container: 'job-my-db', id: 'c0ffee', image: 'x', state: 'running' },
    ...(address === undefined ? {} : { address }),
  };
}

describe("Podman's words", () => {
  it('about a container are its state, its ports and its open sessions', () => {
    const json = [
      {
        Id: 'c0ffee',
        Name: 'db',
        State: {
          ...{ Status: 'exited', Running: false, OOMKilled: true, Pid: 0, ExitCode: 137 },
          StartedAt: '2026-01-01T00:00:01.5Z',
          FinishedAt: '2026-01-01T00:00:02Z',
        },
        HostConfig: { Memory: 33_554_432 },
        StaticDir: '/d',
        ExecIDs: ['e1'],
        NetworkSettings: {
          Ports: { '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '40001' }], '80/tcp': null },
        },
      },
    ];
    assert.deepEqual(parseContainers(JSON.stringify(json)), [
      {
        ...{ name: 'db', id: 'c0ffee', status: 'exited', running: false, exitCode: 137 },
        ...{
          oomKilled: true,
          memoryLimit: 33_554_432,
          restarts: 0,
          pid: 0,
          startedAt: Date.parse('2026-01-01T00:00:01.500Z'),
        },
        finishedAt: Date.parse('2026-01-01T00:00:02Z'),
        ports: [{ container: '5432/tcp', hostIp: '127.0.0.1', hostPort: 40_001 }],
        ...{ execIds: ['e1'], folder: '/d' },
      },
    ]);
  });

  it('about an image are its TCP ports and its health check, if its format can carry one', () => {
    const Healthcheck = {
      Test: ['CMD', 'x'],
      Interval: 2e9,
      Timeout: 1e9,
      StartPeriod: 3e9,
      Retries: 4,
    };
    const Config = { ExposedPorts: { '5432/tcp': {}, '53/udp': {}, '80': {} } };
    const images = parseImages(
      JSON.stringify([{ Config, Healthcheck }, { Config: null }, { Healthcheck: { Test: ['x'] } }]),
    );
    assert.deepEqual(images, [
      {
        exposedPorts: [80, 5432],
        healthcheck: {
          test: { kind: 'exec', argv: ['x'] },
          ...{ intervalMs: 2_000, timeoutMs: 1_000, startPeriodMs: 3_000, retries: 4 },
        },
      },
      { exposedPorts: [] },
      { exposedPorts: [] },
    ]);
  });

  it('about a failure have a cure when the cause is known', () => {
    const known = [
      ['Error: rootlessport listen tcp 127.0.0.1:80: bind: address already in use', /random/],
      [
        'Error: initializing source docker://x: unauthorized: authentication required',
        /registries/,
      ],
      ['Error: reading manifest 9 in docker.io/library/x: manifest unknown', /name and tag/],
      ['dial tcp: lookup registry on 1.1.1.1:53: no such host', /reached/],
      ['tls: failed to verify certificate: x509: unknown authority', /trust/],
      ['write /x: no space left on device', /full/],
      ['exec: "x": executable file not found in $PATH', /no such program/],
      ['exec /x: exec format error', /another processor/],
    ] as const;
    for (const [words, cure] of known) assert.match(hintFor(words) ?? '', cure);
    assert.equal(hintFor('Error: something new'), undefined);
  });
});

describe("noise of Podman's helpers", () => {
  it('is what they say about missing system services, and nothing else', () => {
    assert.equal(isNoise('failed to connect to syslog: Initialization'), true);
    assert.equal(isNoise('psql: error: failed to connect to server'), false);
  });
});

describe('the name of an image', () => {
  it('is made whole, because Podman would search for a short one', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const names = {
      postgres: 'docker.io/library/postgres:latest',
      'redis:7': 'docker.io/library/redis:7',
      'shop/orders:1': 'docker.io/shop/orders:1',
      'localhost:5000/a:b': 'localhost:5000/a:b',
      [`my.azurecr.io/a@${digest}`]: `my.azurecr.io/a@${digest}`,
      [`my.azurecr.io/a:1@${digest}`]: `my.azurecr.io/a@${digest}`,
    };
    for (const [name, whole] of Object.entries(names)) assert.equal(pullReference(name), whole);
    assert.equal(pullReference('Not An Image'), undefined);
  });
});

describe('where a service is reached', () => {
  const tcp = (container: string, hostPort: number, hostIp = '127.0.0.1') => ({
    ...{ container, hostPort, hostIp },
  });

  it('is told by host, by each port, and as the address of the first port in the file', () => {
    const ports = [tcp('53/udp', 40_003), tcp('80/tcp', 40_001), tcp('8080/tcp', 40_002)];
    const address = serviceAddress('my-db', ports, ['8080/tcp', '80/tcp', '53/udp']);
    assert.ok(address);
    const outputs = outputVariables(published(address), () => false);
    assert.deepEqual(
      outputs.map(({ name, value }) => [name, value]),
      [
        ['my-db.container', 'job-my-db'],
        ['my-db.host', '127.0.0.1'],
        ['my-db.port.8080', '40002'],
        ['my-db.port.80', '40001'],
        ['my-db.port.53.udp', '40003'],
        ['my-db.address', '127.0.0.1:40002'],
      ],
    );
    assert.deepEqual(environmentLines(outputs).slice(1, 3), [
      'MY_DB_HOST=127.0.0.1',
      'MY_DB_PORT_8080=40002',
    ]);
    assert.deepEqual(
      agentVariables(published(address)).map(({ name, value }) => [name, value]),
      [
        ['agent.services.my-db.ports.8080', '40002'],
        ['agent.services.my-db.ports.80', '40001'],
        ['agent.services.my-db.ports.53', '40003'],
      ],
    );
  });

  it('has a connection string, which is secret, and quoted for a shell', () => {
    const strings = { connectionString: "a;b='c'", jdbcUrl: 'jdbc:x' };
    const connection = { user: 'u', password: 'pass', database: 'd', strings };
    const secretsWhen = (masked: string): readonly string[] =>
      outputVariables({ ...published(), connection }, (value) => value === masked)
        .filter(({ secret }) => secret)
        .map(({ name }) => name);
    assert.deepEqual(secretsWhen('-'), ['my-db.connectionString', 'my-db.jdbcUrl']);
    assert.equal(secretsWhen('pass')[0], 'my-db.password');
    const lines = environmentLines(outputVariables({ ...published(), connection }, () => false));
    assert.deepEqual(lines.slice(-2), [
      `MY_DB_CONNECTION_STRING='a;b='\\''c'\\'''`,
      'MY_DB_JDBC_URL=jdbc:x',
    ]);
    assert.doesNotMatch(servicesMap([{ ...published(), connection }]), /pass|jdbc/);
  });

  it('has a connection string without a password for all to see: masked, it would hide the address', () => {
    const connection = { strings: { connectionString: '127.0.0.1:40001' } };
    const outputs = outputVariables({ ...published(), connection }, () => false);
    assert.deepEqual(
      outputs.filter(({ secret }) => secret),
      [],
    );
  });

  it('is nowhere when nothing is published', () => {
    assert.equal(serviceAddress('db', [], []), undefined);
  });

  it('is this machine when the port is bound to all its addresses', () => {
    const hosts = ['', '0.0.0.0', '::', '10.1.2.3'].map((ip) => {
      const address = serviceAddress('3d.x', [tcp('80/tcp', 1, ip)], ['80/tcp']);
      assert.ok(address);
      const outputs = outputVariables({ ...published(address), service: '3d.x' }, () => false);
      return [address.host, addressOf(address), environmentLines(outputs)[1]];
    });
    assert.deepEqual(hosts, [
      ['127.0.0.1', '127.0.0.1:1', '_3D_X_HOST=127.0.0.1'],
      ['127.0.0.1', '127.0.0.1:1', '_3D_X_HOST=127.0.0.1'],
      ['::1', '[::1]:1', '_3D_X_HOST=::1'],
      ['10.1.2.3', '10.1.2.3:1', '_3D_X_HOST=10.1.2.3'],
    ]);
  });
});
