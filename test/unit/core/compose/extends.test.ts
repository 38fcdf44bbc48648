import assert from 'node:assert/strict';
import { problemsOf, projectOf } from '../../../support/compose-text.ts';

const services = (...args: Parameters<typeof projectOf>) =>
  Object.fromEntries(projectOf(...args).services.map((service) => [service.name, service]));

describe('extends', () => {
  it('lays a service over the one that it names, link by link, the farthest first', () => {
    const { web } = services(
      [
        'services:',
        '  web: {extends: middle, environment: {WHO: web}}',
        '  middle: {extends: {service: base}, environment: {WHO: middle, TWO: "2"}, user: "2"}',
        '  base: {image: base:1, environment: {WHO: base, ONE: "1"}, user: "1", command: [a, b]}',
      ].join('\n'),
    );
    assert.deepEqual(web?.environment, { WHO: 'web', ONE: '1', TWO: '2' });
    assert.deepEqual([web.image, web.user, web.command], ['base:1', '2', ['a', 'b']]);
  });

  it("begins relative paths of another file at that file's folder, and fills variables in", () => {
    const { a } = services(
      'services:\n  a: {extends: {service: b, file: sub/base.yaml}, volumes: ["./own:/own"]}',
      { TAG: '7' },
      {
        'sub/base.yaml':
          'services: {b: {image: "b:$TAG", env_file: b.env, volumes: ["./data:/data"]}}',
        'sub/b.env': 'FROM=file\n',
      },
    );
    assert.equal(a?.image, 'b:7');
    assert.deepEqual(a.environment, { FROM: 'file' });
    assert.deepEqual(
      a.mounts.map((mount) => mount.kind === 'bind' && mount.source),
      ['/s/sub/data', '/s/own'],
    );
  });

  it('follows a base that extends yet another file', () => {
    const { a } = services(
      'services: {a: {extends: {service: b, file: b.yaml}}}',
      {},
      {
        'b.yaml': 'services: {b: {extends: {service: c, file: c.yaml}, user: b}}',
        'c.yaml': 'services: {c: {image: c, user: c}}',
      },
    );
    assert.deepEqual([a?.image, a?.user], ['c', 'b']);
  });

  it('does not bring in the services that the base depends on', () => {
    const found = problemsOf(
      'services: {a: {extends: {service: b, file: b.yaml}}}',
      {},
      { 'b.yaml': 'services: {b: {image: b, depends_on: [db]}, db: {image: db}}' },
    );
    assert.match(found.join('\n'), /services\.a depends on db, which is not a service/);
  });

  it('takes out of the base what !reset marks, and replaces what !override marks', () => {
    const { a } = services(
      [
        'services:',
        '  a: {extends: b, user: !reset , ports: !override ["81:81"]}',
        '  b: {image: x, user: b, ports: ["80:80"]}',
      ].join('\n'),
    );
    assert.equal(a?.user, undefined);
    assert.deepEqual(
      a?.ports.map(({ containerPort }) => containerPort),
      [81],
    );
  });

  for (const form of ['', '5', '[b]', '{file: b.yaml}']) {
    it(`is told when it names no service: "${form}"`, () => {
      assert.deepEqual(problemsOf(`services:\n  a: {image: x, extends: ${form}}`), [
        'compose.yaml:2: services.a.extends expected the name of a service.',
      ]);
    });
  }

  const wrong: readonly (readonly [rule: string, text: string, problem: string])[] = [
    [
      'must not go in a circle',
      'services:\n  a: {image: x, extends: b}\n  b: {extends: a}',
      'compose.yaml:2: services.a.extends goes in a circle: a → b → a.',
    ],
    [
      'must not name the service itself',
      'services:\n  a: {image: x, extends: a}',
      'compose.yaml:2: services.a.extends goes in a circle: a → a.',
    ],
    [
      'must name a service of the file',
      'services:\n  a: {image: x, extends: z}',
      'compose.yaml:2: services.a.extends names z, which is not a service of this file.',
    ],
    [
      'must name a service of the other file',
      'services:\n  a: {image: x, extends: {service: z, file: b.yaml}}',
      'compose.yaml:2: services.a.extends names z, which is not a service of b.yaml.',
    ],
    [
      'must name a file that is there',
      'services:\n  a: {image: x, extends: {service: z, file: gone.yaml}}',
      'compose.yaml:2: extends names /s/gone.yaml, which does not exist.',
    ],
    [
      'must name a file that has services',
      'services:\n  a: {image: x, extends: {service: z, file: none.yaml}}',
      'compose.yaml:2: extends names none.yaml, which has no services.',
    ],
    [
      'does not download a file',
      'services:\n  a: {image: x, extends: {service: z, file: "https://host/c.yaml"}}',
      'compose.yaml:2: extends names https://host/c.yaml, but files are not downloaded while a job runs.',
    ],
    [
      'cannot merge a list into a map',
      'services:\n  a: {extends: b, healthcheck: [x]}\n  b: {image: x, healthcheck: {test: t}}',
      'compose.yaml:2: services.a.healthcheck expected a map, as before, found a list.',
    ],
  ];
  for (const [rule, text, problem] of wrong) {
    it(rule, () => {
      const others = { 'b.yaml': 'services: {b: {image: x}}', 'none.yaml': 'volumes: {v: }' };
      assert.equal(problemsOf(text, {}, others)[0], problem);
    });
  }

  it('tells the problems of the other file with its own name and line', () => {
    const found = problemsOf(
      'services:\n  a: {extends: {service: b, file: b.yaml}}',
      {},
      { 'b.yaml': 'services:\n  b:\n    imag: x\n    user: "${U:?who}"\n' },
    );
    assert.deepEqual(found, [
      'b.yaml:3: services.a.imag is not a key of compose files.',
      'b.yaml:4: services.b.user needs the variable U, which has no value: who.',
    ]);
  });
});
