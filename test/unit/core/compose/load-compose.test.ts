import assert from 'node:assert/strict';
import { problemsOf, projectOf } from '../../../support/compose-text.ts';

const load = projectOf;
const problems = problemsOf;

describe('a compose file', () => {
  it('is read with defaults for everything that a service does not say', () => {
    const { services } = load('services:\n  db:\n    image: postgres:15\n');
    const [db] = services;
    const { name, image, environment, ports, dependsOn, mounts, networks, scale } = db ?? {};
    assert.deepEqual([name, image, scale], ['db', 'postgres:15', 1]);
    assert.deepEqual(
      { environment, ports, dependsOn, mounts },
      { environment: {}, ports: [], dependsOn: [], mounts: [] },
    );
    assert.deepEqual(networks, [{ name: 'default', aliases: [] }]);
    assert.deepEqual(db?.place, { path: '/s/compose.yaml', line: 2 });
  });

  it('fills variables into values, through anchors and merges', () => {
    const { services } = load(
      [
        'x-common: &common',
        '  image: "${IMAGE}"',
        '  environment: {A: "1", B: "${B:-two}"}',
        'services:',
        '  one: {<<: *common, user: "999"}',
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

  it('takes only texts in a list of environment or labels', () => {
    for (const key of ['environment', 'labels']) {
      const text = `services:\n  a: {image: x, ${key}: [A=1, 2]}`;
      assert.match(
        problems(text)[0] ?? '',
        /^compose\.yaml:2: services\.a\.\w+ expected a list of texts/,
      );
    }
  });

  it('ignores what begins with x-, wherever it stands, but not variables of such names', () => {
    const { services } = load(
      'x-a: 1\nservices:\n  a: {image: x, x-b: 2, healthcheck: {test: t, x-c: 3}, environment: {x-d: "4"}}',
    );
    assert.deepEqual(services[0]?.environment, { 'x-d': '4' });
  });

  it('warns of variables without a value and of the obsolete version', () => {
    const { warnings } = load('version: "3"\nservices: {a: {image: "x$GONE"}}');
    assert.deepEqual(
      warnings.map(({ text }) => text),
      [
        'The variable GONE is not set; it became empty.',
        'compose.yaml: the key "version" is obsolete; remove it.',
      ],
    );
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
      'compose.yaml:4: services.db.imag is not a key of compose files.',
      'compose.yaml:6: services.db.environment.A expected text, found a list.',
      'compose.yaml:7: services.db.ports.0 expected [ip:][host:]container[/tcp|udp|sctp], with single ports or ranges; found "a:b".',
      'compose.yaml:7: services.db.ports.1 expected [ip:][host:]container[/tcp|udp|sctp], with single ports or ranges; found "70000".',
      'compose.yaml:8: services.db.healthcheck.test expected a list that begins with NONE, CMD or CMD-SHELL, found "SH".',
      'compose.yaml:8: services.db.healthcheck.interval expected a duration with a unit, found 10.',
      'compose.yaml:8: services.db.healthcheck.colour is not a key of compose files.',
      "compose.yaml:9: services.db.command has a quote or backslash without its partner: a 'b.",
      'compose.yaml:10: services.db.init expected true or false, found "maybe".',
      'compose.yaml:14: services.web.image has an invalid interpolation format: ${IMAGE:-.',
      'compose.yaml:15: services.web.depends_on.db.condition expected service_started or service_healthy or service_completed_successfully, found "healthy".',
    ]);
  });

  const single: readonly (readonly [rule: string, text: string, problem: RegExp])[] = [
    [
      'refuses a key that stands twice',
      'services:\n  a: {image: x}\n  a: {image: y}',
      /^compose\.yaml:3: The same key stands here a second time/,
    ],
    [
      'refuses what is not a map',
      '- a\n- b',
      /^compose\.yaml:1: The file expected a map at its top/,
    ],
    ['refuses a file without services', 'services: {}', /:1: There is no service to start\./],
    ['refuses an empty file', '', /:1: The file is empty/],
    [
      'refuses a dependency on nobody',
      'services:\n  a: {image: x, depends_on: [b]}',
      /:2: services\.a depends on b, which is not a service/,
    ],
    [
      'names a list by its place when a variable in it cannot be filled',
      'services:\n  a: {image: x, ports: ["1", "${P:?which port}"]}',
      /:2: services\.a\.ports\.1 needs the variable P, which has no value: which port/,
    ],
    [
      'refuses names that cannot be host names',
      'services:\n  -a: {image: x}',
      /:2: services\.-a has a name that Podman does not take/,
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
      'refuses drivers of volumes that Podman does not have',
      'services: {a: {image: x, volumes: ["data:/d"]}}\nvolumes: {data: {driver: rexray}}',
      /:2: volumes\.data\.driver is rexray, which is not supported/,
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
      /more than 100000 parts once its aliases are written out/,
    ],
  ];
  for (const [rule, text, problem] of single) {
    it(rule, () => {
      assert.match(problems(text)[0] ?? '', problem);
    });
  }
});
