import assert from 'node:assert/strict';
import { loadCompose } from '../../../../src/core/compose/load-compose.ts';
import type { ComposeProject } from '../../../../src/core/compose/model.ts';

const file = (text: string) => ({ path: '/s/compose.yaml', label: 'compose.yaml', text });

function load(text: string, values: Readonly<Record<string, string>> = {}): ComposeProject {
  const result = loadCompose(file(text), (name) => values[name]);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function problems(text: string): readonly string[] {
  const result = loadCompose(file(text), () => undefined);
  if (result.ok) throw new Error('the file was accepted');
  return result.problems.map(({ where = '', what }) => `${where}: ${what}`);
}

describe('a compose file', () => {
  it('is read with defaults for everything that a service does not say', () => {
    const { services } = load('services:\n  db:\n    image: postgres:15\n');
    assert.deepEqual(services, [
      {
        name: 'db',
        place: { path: '/s/compose.yaml', line: 2 },
        image: 'postgres:15',
        environment: {},
        ports: [],
        dependsOn: [],
        mounts: [],
        tmpfs: [],
      },
    ]);
  });

  it('fills variables into values, through anchors and merges', () => {
    const { services } = load(
      [
        'x-common: &common',
        '  image: "${IMAGE}"',
        '  environment: {A: "1", B: "${B:-two}"}',
        'services:',
        '  one: {<<: *common, user: 999}',
        '  two: {<<: *common, image: other}',
      ].join('\n'),
      { IMAGE: 'busybox' },
    );
    const [one, two] = services;
    assert.deepEqual([one?.image, one?.user, two?.image], ['busybox', '999', 'other']);
    assert.deepEqual(two?.environment, { A: '1', B: 'two' });
  });

  it('takes environment as a map or a list, and names without a value from the surroundings', () => {
    const text = (form: string): string =>
      `services:\n  a:\n    image: x\n    environment: ${form}`;
    const values = { GIVEN: 'g' };
    const map = load(text('{N: 1.50, T: true, GIVEN: , NONE: , E: ""}'), values).services[0];
    const list = load(text('[N=1.5, T=true, GIVEN, NONE, E=]'), values).services[0];
    assert.deepEqual(map?.environment, { N: '1.5', T: 'true', GIVEN: 'g', E: '' });
    assert.deepEqual(list?.environment, { N: '1.5', T: 'true', GIVEN: 'g', E: '' });
  });

  it('ignores what begins with x-, wherever it stands, but not variables of such names', () => {
    const { services } = load(
      'x-a: 1\nservices:\n  a: {image: x, x-b: 2, healthcheck: {test: t, x-c: 3}, environment: {x-d: "4"}}',
    );
    assert.deepEqual(services[0]?.environment, { 'x-d': '4' });
  });

  it('warns of variables without a value and of the obsolete version', () => {
    assert.deepEqual(load('version: "3"\nservices: {a: {image: "x$GONE"}}').warnings, [
      'The variable GONE is not set; it became empty.',
      'The key "version" is obsolete; remove it.',
    ]);
  });

  it('understands what depends_on waits for', () => {
    const { services } = load(
      [
        'services:',
        '  a: {image: x, depends_on: [b, c]}',
        '  b: {image: x}',
        '  c: {image: x, depends_on: {b: {condition: service_completed_successfully}}}',
      ].join('\n'),
    );
    assert.deepEqual(
      services.map(({ dependsOn }) => dependsOn.map((d) => `${d.service} ${d.condition}`)),
      [['b service_started', 'c service_started'], [], ['b service_completed_successfully']],
    );
  });

  it('tells every problem at once, from top to bottom, each with file, line, service and key', () => {
    const found = problems(
      [
        'name: Not Good',
        'services:',
        '  db:',
        '    imag: postgres',
        '    restart: always',
        '    environment: {A: [1]}',
        '    ports: ["a:b", 70000]',
        '    healthcheck: {test: [SH, x], interval: 10, colour: red}',
        '    command: "a \'b"',
        '    init: maybe',
        '    networks: [other]',
        '    volumes: [{type: bind}, ./a:b]',
        '  web:',
        '    image: ${IMAGE:-',
        '    depends_on: {db: {condition: healthy}}',
      ].join('\n'),
    );
    assert.deepEqual(found, [
      'compose.yaml:1: name expected a project name, found "Not Good".',
      'compose.yaml:3: services.db.image is missing.',
      'compose.yaml:4: services.db.imag is not supported yet.',
      'compose.yaml:5: services.db.restart is not supported yet.',
      'compose.yaml:6: services.db.environment.A expected text, a number, true, false or nothing.',
      'compose.yaml:7: services.db.ports.0 expected [ip:][host:]container[/tcp|udp], with single ports or ranges; found "a:b".',
      'compose.yaml:7: services.db.ports.1 expected a port from 1 to 65535 or a range, found "70000".',
      'compose.yaml:8: services.db.healthcheck.test expected a list that begins with NONE, CMD or CMD-SHELL, found "SH".',
      'compose.yaml:8: services.db.healthcheck.interval expected a duration with a unit, found 10.',
      'compose.yaml:8: services.db.healthcheck.colour is not supported yet.',
      "compose.yaml:9: services.db.command has a quote or backslash without its partner: a 'b.",
      'compose.yaml:10: services.db.init expected true or false, found "maybe".',
      'compose.yaml:11: services.db.networks knows the default network without settings only; others are not supported yet.',
      'compose.yaml:12: services.db.volumes.0 is in the long form, which is not supported yet.',
      'compose.yaml:12: services.db.volumes.1 expected an absolute path in the container, found "b".',
      'compose.yaml:14: services.web.image has an invalid interpolation format: ${IMAGE:-.',
      'compose.yaml:15: services.web.depends_on.db.condition expected service_started or service_healthy or service_completed_successfully, found healthy.',
    ]);
  });

  const single: readonly (readonly [rule: string, text: string, problem: RegExp])[] = [
    [
      'refuses a key that stands twice',
      'services:\n  a: {image: x}\n  a: {image: y}',
      /^compose\.yaml:3: Map keys must be unique/,
    ],
    [
      'refuses what is not a map',
      '- a\n- b',
      /^compose\.yaml:1: The file expected a map, found a list/,
    ],
    ['refuses a file without services', 'services: {}', /:1: There is no service\./],
    ['refuses an empty file', '', /The file expected a map, found nothing/],
    [
      'refuses a dependency on nobody',
      'services:\n  a: {image: x, depends_on: [b]}',
      /:2: services\.a\.depends_on names b, which is not a service/,
    ],
    [
      'names a list by its place when a variable in it cannot be filled',
      'services:\n  a: {image: x, ports: ["1", "${P:?which port}"]}',
      /:2: services\.a\.ports\.1 needs the variable P, which has no value: which port/,
    ],
    [
      'refuses names that cannot be host names',
      'services:\n  -a: {image: x}',
      /:2: "-a" is not a service name/,
    ],
    [
      'refuses a service that depends on itself',
      'services:\n  a: {image: x, depends_on: [a]}',
      /goes in a circle: a → a\./,
    ],
    [
      'names a circle in its order',
      'services:\n  z: {image: x, depends_on: [a]}\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n  c: {image: x, depends_on: [a]}',
      /goes in a circle: a → b → c → a\./,
    ],
    [
      'refuses a volume that is not declared',
      'services:\n  a: {image: x, volumes: ["data:/d"]}\nvolumes: {other: }',
      /uses the volume data, which is not declared/,
    ],
    [
      'refuses settings of a volume that it would not obey',
      'services: {a: {image: x}}\nvolumes: {data: {external: true}}',
      /volumes\.data\.external is not supported yet/,
    ],
    [
      'refuses start_interval without start_period, as docker compose does',
      'services:\n  a: {image: x, healthcheck: {test: t, start_interval: 1s}}',
      /start_interval without start_period/,
    ],
    [
      'refuses aliases that multiply',
      `a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
        .split('')
        .map(
          (name, at) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefg'[at] ?? ''}`)
              .join()}]`,
        )
        .join('\n')}\nservices: *h`,
      /Excessive alias count/,
    ],
  ];
  for (const [rule, text, problem] of single) {
    it(rule, () => {
      assert.match(problems(text)[0] ?? '', problem);
    });
  }
});
