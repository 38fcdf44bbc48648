import assert from 'node:assert/strict';
import { problemsOf, projectOf, serviceOf } from '../../../support/compose-text.ts';

const top = [
  'secrets: {s: {file: ./s.txt}, e: {environment: TOKEN}}',
  'configs: {c: {file: ~/c.txt}, t: {content: "port ${PORT:-1}"}, v: {environment: TOKEN}}',
].join('\n');

const files = (keys: string) =>
  serviceOf(`services: {a: {image: x, ${keys}}}\n${top}`, { TOKEN: 'hush' }).files;

describe('secrets and configs', () => {
  it('stand in /run/secrets and at the root, by their name, or where they are told to', () => {
    const found = files(
      'secrets: [s, {source: s, target: other}, {source: s, target: /abs}], configs: [c, {source: c, target: etc/c}]',
    );
    assert.deepEqual(
      found.map(({ target }) => target),
      ['/run/secrets/s', '/run/secrets/other', '/abs', '/c', '/etc/c'],
    );
  });

  it('come from files, from variables, and configs from the file itself', () => {
    const found = files('secrets: [s, e], configs: [c, t, v]');
    assert.deepEqual(
      found.map(({ content }) => content),
      [
        { file: '/s/s.txt' },
        { text: 'hush' },
        { file: '/home/a/c.txt' },
        { text: 'port 1' },
        { text: 'hush' },
      ],
    );
  });

  it('keep owner, group and mode', () => {
    const [found] = files('secrets: [{source: s, uid: "1", gid: "2", mode: 0400}]');
    assert.deepEqual([found?.uid, found?.gid, found?.mode], ['1', '2', 0o400]);
  });

  it('are told apart, though they have the same name', () => {
    const text =
      'services: {a: {image: x, secrets: [s], configs: [s]}}\nsecrets: {s: {file: a}}\nconfigs: {s: {environment: GONE}}';
    assert.deepEqual(problemsOf(text), [
      'compose.yaml:3: configs.s.environment names GONE, which is not set.',
    ]);
  });

  const wrong: readonly (readonly [rule: string, keys: string, top: string, problem: string])[] = [
    [
      'must be declared',
      'secrets: [s]',
      '',
      'compose.yaml:2: services.a.secrets uses s, which is not declared.',
    ],
    [
      'must have one source',
      'secrets: [s]',
      'secrets: {s: {file: a, environment: B}}',
      'compose.yaml:3: secrets.s has 2 sources.',
    ],
    [
      'must have a source at all',
      'configs: [s]',
      'configs: {s: {}}',
      'compose.yaml:3: configs.s has no source.',
    ],
    [
      'cannot be external',
      'secrets: [s]',
      'secrets: {s: {external: true}}',
      'compose.yaml:3: secrets.s is external, and there is no store outside of the job.',
    ],
    [
      'need their variable',
      'secrets: [s]',
      'secrets: {s: {environment: GONE}}',
      'compose.yaml:3: secrets.s.environment names GONE, which is not set.',
    ],
    [
      'have no drivers',
      'secrets: [s]',
      'secrets: {s: {file: a, driver: vault}}',
      'compose.yaml:3: secrets.s.driver is not supported: secrets come from files and variables.',
    ],
    [
      'have a mode in octal',
      'secrets: [{source: s, mode: "9"}]',
      'secrets: {s: {file: a}}',
      'compose.yaml:2: services.a.secrets.0.mode expected a file mode, found "9".',
    ],
  ];
  for (const [rule, keys, declared, problem] of wrong) {
    it(rule, () => {
      const found = problemsOf(`services:\n  a: {image: x, ${keys}}\n${declared}`);
      assert.deepEqual(found, [problem]);
    });
  }
});

describe('volumes and networks at the top', () => {
  it('are taken over only when a service uses them', () => {
    const { volumes, networks } = projectOf(
      [
        'services: {a: {image: x, networks: [n], volumes: ["used:/v"]}}',
        'networks: {n: {internal: true, enable_ipv6: true, name: host-n}, unused: }',
        'volumes: {used: {driver_opts: {type: nfs, n: 1}}, unused: }',
      ].join('\n'),
    );
    assert.deepEqual(
      volumes.map(({ name, options }) => [name, options]),
      [['used', { type: 'nfs', n: '1' }]],
    );
    const [n] = networks;
    assert.deepEqual(
      [networks.length, n?.name, n?.hostName, n?.isInternal, n?.hasIpv6, n?.isExternal],
      [1, 'n', 'host-n', true, true, false],
    );
  });

  it('may be external, in the old form too', () => {
    const volume = (external: string) =>
      projectOf(
        `services: {a: {image: x, volumes: ["data:/v"]}}\nvolumes: {data: ${external}}`,
      ).volumes.map(({ isExternal, hostName }) => [isExternal, hostName])[0];
    assert.deepEqual(volume('{external: {name: old}}'), [true, 'old']);
    assert.deepEqual(volume('{external: true, name: new}'), [true, 'new']);
    assert.deepEqual(volume('{external: true}'), [true, 'data']);
  });

  it('say nothing of a volume that is external, but its name', () => {
    const text =
      'services: {a: {image: x}}\nvolumes:\n  data: {external: true, driver: local, x-a: 1}';
    assert.deepEqual(problemsOf(text), [
      'compose.yaml:3: volumes.data is external, but says driver as well.',
    ]);
  });

  it('make a bind of a local volume from a path of the file', () => {
    const [found] = projectOf(
      'services: {a: {image: x, volumes: ["data:/v"]}}\nvolumes: {data: {driver: local, driver_opts: {type: none, o: bind, device: ./d}}}',
    ).volumes;
    assert.deepEqual(found?.options, { type: 'none', o: 'bind', device: '/s/d' });
  });

  it('must have a driver that Podman has', () => {
    const found = problemsOf(
      'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {driver: weave}}',
    );
    assert.deepEqual(found, [
      'compose.yaml:2: networks.n.driver is weave, which is not supported.',
    ]);
  });
});
