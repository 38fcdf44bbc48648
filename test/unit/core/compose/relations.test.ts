import assert from 'node:assert/strict';
import { problemsOf, projectOf, serviceOf } from '../../../support/compose-text.ts';

const service = (keys: string) => serviceOf(`services: {a: {image: x, ${keys}}}`);
const problem = (keys: string): string | undefined =>
  problemsOf(`services:\n  a: {image: x, ${keys}}`)[0];

describe('extra hosts', () => {
  it('may be a map or a list, with either sign, with several addresses and brackets', () => {
    const map = service('extra_hosts: {db: 10.0.0.1, six: ["::1", "[::2]"]}').extraHosts;
    const list = service(
      'extra_hosts: ["db=10.0.0.1", "old:10.0.0.2", "six=::1,::2", "host:host-gateway"]',
    ).extraHosts;
    assert.deepEqual(map, [
      ['db', '10.0.0.1'],
      ['six', '::1'],
      ['six', '::2'],
    ]);
    assert.deepEqual(list, [
      ['db', '10.0.0.1'],
      ['old', '10.0.0.2'],
      ['six', '::1'],
      ['six', '::2'],
      ['host', 'host-gateway'],
    ]);
  });

  it('are refused without an address, without a name, and twice', () => {
    assert.match(problem('extra_hosts: [db]') ?? '', /expected name: address, or a list/);
    assert.match(problem('extra_hosts: {db: 1}') ?? '', /expected name: address, or a list/);
    assert.match(problem('extra_hosts: ["=1.2.3.4"]') ?? '', /has the host name ""/);
    assert.match(problem('extra_hosts: ["a=b", "a=b"]') ?? '', /the same line twice/);
  });
});

describe('a service depends on', () => {
  it('what it is linked to, takes volumes from, or shares something with', () => {
    const [a] = projectOf(
      [
        'services:',
        '  a: {image: x, links: ["b:db"], volumes_from: ["c:ro"], ipc: "service:d", network_mode: "service:e"}',
        ...['b', 'c', 'd', 'e'].map((name) => `  ${name}: {image: x}`),
      ].join('\n'),
    ).services;
    assert.deepEqual(
      a?.dependsOn.map((on) => [on.service, on.condition]),
      ['b', 'e', 'd', 'c'].map((name) => [name, 'service_started']),
    );
    assert.deepEqual(a.links, [{ service: 'b', alias: 'db' }]);
  });

  it('a linked service as depends_on says, when that says something', () => {
    const [a] = projectOf(
      'services: {a: {image: x, links: [b], depends_on: {b: {condition: service_healthy}}}, b: {image: x}}',
    ).services;
    assert.deepEqual(a?.dependsOn, [
      { service: 'b', condition: 'service_healthy', required: true },
    ]);
    assert.deepEqual(a.links, [{ service: 'b', alias: 'b' }]);
  });

  it('nothing of containers outside', () => {
    assert.deepEqual(service('volumes_from: ["container:other"], pid: host').dependsOn, []);
  });

  it('must not name the same service twice', () => {
    const text = 'services:\n  a: {image: x, depends_on: [b, b]}\n  b: {image: x}';
    assert.match(problemsOf(text)[0] ?? '', /^compose\.yaml:2: services\.a\.depends_on/);
  });
});

describe('a mount in the long form', () => {
  it('is a bind, a volume, memory or an image', () => {
    const { mounts } = serviceOf(
      [
        'services:',
        '  a:',
        '    image: x',
        '    volumes:',
        '      - {type: bind, source: ./b, target: /b/, read_only: true, bind: {propagation: rslave, create_host_path: false, selinux: z}}',
        '      - {type: volume, source: data, target: /v, volume: {nocopy: true}}',
        '      - {type: volume, target: /anonymous}',
        '      - {type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 0700}}',
        '      - {type: image, source: img, target: /i}',
        'volumes: {data: }',
      ].join('\n'),
    );
    assert.deepEqual(mounts, [
      {
        kind: 'bind',
        source: '/s/b',
        createHostPath: false,
        propagation: 'rslave',
        selinux: 'z',
        target: '/b',
        readOnly: true,
      },
      { kind: 'volume', source: 'data', noCopy: true, target: '/v', readOnly: false },
      { kind: 'anonymous', noCopy: false, target: '/anonymous', readOnly: false },
      { kind: 'tmpfs', size: 1024 ** 2, mode: 0o700, target: '/t', readOnly: false },
      { kind: 'image', source: 'img', target: '/i', readOnly: false },
    ]);
  });

  const wrong: readonly (readonly [keys: string, problem: RegExp])[] = [
    [
      'volumes: [{type: npipe, source: a, target: /a}]',
      /has the type npipe, which Podman does not know/,
    ],
    ['volumes: [{type: image, source: i, target: /a, image: {subpath: s}}]', /has a subpath/],
    ['volumes: [{type: bind, source: ./a, target: a}]', /expected an absolute path/],
    ['volumes: ["./a:/a"], tmpfs: /a', /mounts \/a a second time/],
    ['devices: ["a:b:r:w"]', /expected source\[:target\[:rwm\]\], found "a:b:r:w"/],
  ];
  for (const [keys, expected] of wrong) {
    it(`is refused when Podman cannot do it: ${keys}`, () => {
      assert.match(problem(keys) ?? '', expected);
    });
  }
});

describe('keys that exclude each other', () => {
  const wrong: readonly (readonly [keys: string, problem: RegExp])[] = [
    ['network_mode: host, networks: [default]', /has both network_mode and networks/],
    ['container_name: one, scale: 2', /has container_name and a scale above one/],
    ['scale: -1', /has a scale below zero/],
    ['build: .', /a\.(?:image|build)/],
  ];
  for (const [keys, expected] of wrong) {
    it(`are refused: ${keys}`, () => {
      const text = keys.startsWith('build')
        ? `services: {a: {${keys}}}`
        : `services: {a: {image: x, ${keys}}}`;
      assert.match(problemsOf(text)[0] ?? '', expected);
    });
  }

  it('container names must differ', () => {
    const text =
      'services: {a: {image: x, container_name: one}, b: {image: x, container_name: one}}';
    assert.match(problemsOf(text)[0] ?? '', /services\.b\.container_name is that of a as well/);
  });
});
