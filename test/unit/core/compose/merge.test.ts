import assert from 'node:assert/strict';
import type { ComposeService } from '../../../../src/core/compose/model.ts';
import { problemsOf, projectOf, serviceOf } from '../../../support/compose-text.ts';

const files = { files: ['/s/compose.yaml', '/s/over.yaml'] };

/** One service of two files, each given by its keys. */
const merged = (base: string, over: string): ComposeService =>
  serviceOf(
    `services: {a: {image: x, ${base}}}`,
    {},
    { 'over.yaml': `services: {a: {${over}}}` },
    files,
  );

describe('a later file', () => {
  it('replaces single values, and keeps what it says nothing about', () => {
    const { user, hostname, init } = merged('user: "1", hostname: h', 'user: "2", init: true');
    assert.deepEqual([user, hostname, init], ['2', 'h', true]);
  });

  it('keeps what was there when it says null', () => {
    const { user, environment } = merged(
      'user: "1", environment: {A: "1"}',
      'user: , environment: ',
    );
    assert.deepEqual([user, environment], ['1', { A: '1' }]);
  });

  it('replaces command, entrypoint and the test of a healthcheck as a whole', () => {
    const found = merged(
      'command: [a, b], entrypoint: [c, d], healthcheck: {test: [CMD, e, f], retries: 2}',
      'command: [g], entrypoint: h, healthcheck: {test: i}',
    );
    assert.deepEqual([found.command, found.entrypoint], [['g'], ['h']]);
    assert.deepEqual(found.healthcheck, { test: { kind: 'shell', script: 'i' }, retries: 2 });
  });

  it('may write environment and labels in the other form, name by name', () => {
    const found = merged(
      'environment: {A: 1, B: 2}, labels: [l=1, m=1]',
      'environment: [B=3, C=4], labels: {m: 2}',
    );
    assert.deepEqual(found.environment, { A: '1', B: '3', C: '4' });
    assert.deepEqual(found.labels, { l: '1', m: '2' });
  });

  it('adds to lists what is not in them', () => {
    const { options } = merged(
      'cap_add: [A], dns: 1.1.1.1, expose: ["80"]',
      'cap_add: [B, A], dns: [2.2.2.2], expose: ["80", "81"]',
    );
    assert.deepEqual(
      [options.cap_add, options.dns, options.expose],
      [
        ['A', 'B'],
        ['1.1.1.1', '2.2.2.2'],
        ['80', '81'],
      ],
    );
  });

  it('takes the place of volumes, devices and secrets by where they stand in the container', () => {
    const text = (keys: string): string =>
      `services: {a: {image: x, ${keys}}}\nsecrets: {one: {file: ./1}, two: {file: ./2}}`;
    const {
      mounts,
      options,
      files: mounted,
    } = serviceOf(
      text('volumes: ["./a:/v", "./b:/w"], devices: ["/dev/a:/dev/x"], secrets: [one]'),
      {},
      {
        'over.yaml': text(
          'volumes: ["./c:/v:ro"], devices: ["/dev/b:/dev/x:r"], secrets: [{source: two, target: /run/secrets/one}]',
        ),
      },
      files,
    );
    assert.deepEqual(
      mounts.map((m) => m.kind === 'bind' && `${m.source} ${m.target} ${m.readOnly}`),
      ['/s/c /v true', '/s/b /w false'],
    );
    assert.deepEqual(options.devices, [{ source: '/dev/b', target: '/dev/x', permissions: 'r' }]);
    assert.deepEqual(
      mounted.map(({ source, target }) => [source, target]),
      [['two', '/run/secrets/one']],
    );
  });

  it('adds ports, unless address, ports and protocol are the same', () => {
    const { ports } = merged('ports: ["80:80", "53:53/udp"]', 'ports: ["80:80", "53:53", "81:80"]');
    assert.deepEqual(
      ports.map((port) => `${port.published?.from ?? ''}:${port.containerPort}/${port.protocol}`),
      ['80:80/tcp', '53:53/udp', '53:53/tcp', '81:80/tcp'],
    );
  });

  it('may turn lists of networks and dependencies into maps', () => {
    const top = 'networks: {n: , m: }';
    const [a] = projectOf(
      `services: {a: {image: x, networks: [n], depends_on: [b]}, b: {image: x}, c: {image: x}}\n${top}`,
      {},
      {
        'over.yaml':
          'services: {a: {networks: {m: {aliases: [z]}}, depends_on: {b: {condition: service_healthy}, c: {condition: service_started, required: false}}}}',
      },
      files,
    ).services;
    assert.deepEqual(a?.networks, [
      { name: 'n', aliases: [] },
      { name: 'm', aliases: ['z'] },
    ]);
    assert.deepEqual(a.dependsOn, [
      { service: 'b', condition: 'service_healthy', required: true },
      { service: 'c', condition: 'service_started', required: false },
    ]);
  });

  it('merges options of logging when the driver is the same, else replaces them', () => {
    const base = 'logging: {driver: json-file, options: {max-size: 1m, max-file: 2}}';
    const same = merged(base, 'logging: {options: {max-size: 2m}}');
    const other = merged(base, 'logging: {driver: local, options: {max-size: 3m}}');
    assert.deepEqual(same.options.logging, {
      driver: 'json-file',
      options: { 'max-size': '2m', 'max-file': '2' },
    });
    assert.deepEqual(other.options.logging, { driver: 'local', options: { 'max-size': '3m' } });
  });

  it('replaces a limit of one number, and completes one of two', () => {
    const { options } = merged(
      'ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}',
      'ulimits: {nofile: {soft: 3, hard: 4}, nproc: {soft: 2}}',
    );
    assert.deepEqual(options.ulimits, {
      nofile: { soft: 3, hard: 4 },
      nproc: { soft: 2, hard: 2 },
    });
  });

  it('completes a network by subnet, and a volume by its labels', () => {
    const { networks, volumes } = projectOf(
      [
        'services: {a: {image: x, networks: [n], volumes: ["data:/v"]}}',
        'networks: {n: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}',
        'volumes: {data: {labels: {a: 1}}}',
      ].join('\n'),
      {},
      {
        'over.yaml':
          'networks: {n: {ipam: {config: [{subnet: 10.1.0.0/24, gateway: 10.1.0.9}]}}}\nvolumes: {data: {labels: [b=2]}}',
      },
      files,
    );
    assert.deepEqual(networks[0]?.subnets, [{ subnet: '10.1.0.0/24', gateway: '10.1.0.9' }]);
    assert.deepEqual(volumes[0]?.labels, { a: '1', b: '2' });
  });

  it('takes keys out with !reset, and keeps nothing of what !override replaces', () => {
    const { user, environment, ports } = merged(
      'user: "1", environment: {A: "1", B: "2"}, ports: ["80", "81"]',
      'user: !reset null, environment: {A: !reset null}, ports: !override ["82"]',
    );
    assert.deepEqual([user, environment], [undefined, { B: '2' }]);
    assert.deepEqual(
      ports.map(({ containerPort }) => containerPort),
      [82],
    );
  });

  it('may be another document of the same file', () => {
    const text = 'services: {a: {image: x, user: "1"}}\n---\nservices: {a: {user: "2"}}';
    assert.deepEqual([serviceOf(text).image, serviceOf(text).user], ['x', '2']);
  });

  const wrong: readonly (readonly [base: string, over: string, problem: string])[] = [
    ['depends_on: [b]', 'depends_on: [[b]]', 'depends_on expected names or a map.'],
    ['logging: {driver: a}', 'logging: [b]', 'logging expected a map.'],
    ['cap_add: [A]', 'cap_add: {A: b}', 'cap_add expected a list, as before, found a map.'],
  ];
  for (const [base, over, problem] of wrong) {
    it(`cannot lay ${over} over ${base}, and names its own line`, () => {
      const text = `services: {b: {image: x}, a: {image: x, ${base}}}`;
      const others = { 'over.yaml': `services:\n  a: {${over}}` };
      assert.equal(problemsOf(text, {}, others, files)[0], `over.yaml:2: services.a.${problem}`);
    });
  }

  it('of networks cannot lay a map over the list of subnets', () => {
    const text =
      'services: {a: {image: x}}\nnetworks: {n: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}';
    const over = { 'over.yaml': 'networks: {n: {ipam: {config: {subnet: 10.2.0.0/24}}}}' };
    assert.match(
      problemsOf(text, {}, over, files)[0] ?? '',
      /networks\.n\.ipam\.config expected a list/,
    );
  });

  it('must be there', () => {
    const found = problemsOf('services: {a: {image: x}}', {}, {}, files);
    assert.deepEqual(found, ['composeFile: There is no file /s/over.yaml.']);
  });
});
