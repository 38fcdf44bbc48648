import assert from 'node:assert/strict';
import { problemsOf, projectOf } from '../../../support/compose-text.ts';

const services = (...args: Parameters<typeof projectOf>) =>
  Object.fromEntries(projectOf(...args).services.map((service) => [service.name, service]));

describe('include', () => {
  it('brings in services and what they use, with paths from the included folder', () => {
    const { services: found, volumes } = projectOf(
      'include: [sub/db.yaml]\nservices: {web: {image: web, depends_on: [db]}}',
      {},
      {
        'sub/db.yaml':
          'services: {db: {image: db, volumes: ["data:/data", "./init:/init"]}}\nvolumes: {data: }',
      },
    );
    const db = found.find(({ name }) => name === 'db');
    assert.deepEqual(
      db?.mounts.map((mount) => 'source' in mount && mount.source),
      ['data', '/s/sub/init'],
    );
    assert.deepEqual(
      volumes.map(({ name }) => name),
      ['data'],
    );
  });

  it('lets the including file change single keys of what it includes', () => {
    const { db } = services(
      'include: [db.yaml]\nservices: {db: {environment: {B: "2"}, user: !reset }}',
      {},
      { 'db.yaml': 'services: {db: {image: db, user: a, environment: {A: "1"}}}' },
    );
    assert.deepEqual([db?.image, db?.user, db?.environment], ['db', undefined, { A: '1', B: '2' }]);
  });

  it("fills in the included folder's .env, below what the surroundings say", () => {
    const { db } = services(
      'include: [sub/db.yaml]\nservices: {}',
      { OUTER: 'job' },
      {
        '.env': 'ONLY_ROOT=root\n',
        'sub/.env': 'OUTER=file\nINNER=file\n',
        'sub/db.yaml':
          'services: {db: {image: x, command: ["$OUTER", "$INNER", "${ONLY_ROOT-no}"]}}',
      },
    );
    assert.deepEqual(db?.command, ['job', 'file', 'no']);
  });

  it('in the long form lays its files over each other, from the folder and env files it names', () => {
    const { db } = services(
      [
        'include:',
        '  - path: [sub/db.yaml, sub/more.yaml]',
        '    project_directory: other',
        '    env_file: [one.env, two.env]',
      ].join('\n'),
      {},
      {
        'one.env': 'A=1\nB=1\n',
        'two.env': 'B=2\n',
        'other/.env': 'C=unread\n',
        'sub/db.yaml': 'services: {db: {image: x, user: "1", volumes: ["./v:/v"]}}',
        'sub/more.yaml': 'services: {db: {user: "2", command: ["$A", "$B", "${C-none}"]}}',
      },
    );
    assert.deepEqual([db?.user, db?.command], ['2', ['1', '2', 'none']]);
    assert.deepEqual(
      db?.mounts.map((mount) => mount.kind === 'bind' && mount.source),
      ['/s/other/v'],
    );
  });

  it('reads no env file at all when it names /dev/null', () => {
    const { a } = services(
      'include: [{path: sub/a.yaml, env_file: /dev/null}]',
      {},
      { 'sub/a.yaml': 'services: {a: {image: "x:${T-none}"}}', 'sub/.env': 'T=env\n' },
    );
    assert.equal(a?.image, 'x:none');
  });

  it("gives names without a value in a list the included file's values", () => {
    const { a } = services(
      'include: [sub/a.yaml]',
      {},
      {
        'sub/a.yaml':
          'services: {a: {image: x, environment: [TOKEN], secrets: [s]}}\nsecrets: {s: {environment: TOKEN}}',
        'sub/.env': 'TOKEN=inner\n',
      },
    );
    assert.deepEqual(a?.environment, { TOKEN: 'inner' });
    assert.deepEqual(a.files[0]?.content, { text: 'inner' });
  });

  it('may stand in included files as well, and may be empty', () => {
    const found = services(
      'include: [b.yaml]',
      {},
      {
        'b.yaml': 'include: [c.yaml]\nservices: {b: {image: b}}',
        'c.yaml': 'include:\nservices: {c: {image: c}}',
      },
    );
    assert.deepEqual(Object.keys(found).sort(), ['b', 'c']);
  });

  it('may bring in the same file by two ways', () => {
    const found = services(
      'include: [b.yaml, c.yaml]',
      {},
      {
        'b.yaml': 'include: [d.yaml]\nservices: {b: {image: b}}',
        'c.yaml': 'include: [d.yaml]\nservices: {c: {image: c}}',
        'd.yaml': 'services: {d: {image: d, ports: ["80"]}}',
      },
    );
    assert.equal(found['d']?.ports.length, 1);
  });

  const wrong: readonly (readonly [rule: string, include: string, problem: string])[] = [
    ['must be a list', 'db.yaml', 'include expected a list of files.'],
    ['needs a path in each entry', '[{env_file: x}]', 'include expected a path.'],
    [
      'must name files that are there',
      '[gone.yaml]',
      'include names /s/gone.yaml, which does not exist.',
    ],
    [
      'must name env files that are there',
      '[{path: ok.yaml, env_file: gone.env}]',
      'include names /s/gone.env, which does not exist.',
    ],
    [
      'must not go in a circle',
      '[compose.yaml]',
      'include goes in a circle: compose.yaml → compose.yaml.',
    ],
    [
      'does not download repositories',
      '["https://github.com/a/b.git"]',
      'include names https://github.com/a/b.git, but files are not downloaded while a job runs.',
    ],
    [
      'does not download artefacts',
      '["oci://host/a:1"]',
      'include names oci://host/a:1, but files are not downloaded while a job runs.',
    ],
  ];
  for (const [rule, include, problem] of wrong) {
    it(rule, () => {
      const text = `services: {a: {image: x}}\ninclude: ${include}`;
      const found = problemsOf(text, {}, { 'ok.yaml': 'services: {ok: {image: x}}' });
      assert.equal(found[0], `compose.yaml:2: ${problem}`);
    });
  }

  it('tells a circle over several files in its order', () => {
    const found = problemsOf('include: [b.yaml]', {}, { 'b.yaml': '\ninclude: [compose.yaml]' });
    assert.equal(
      found[0],
      'b.yaml:2: include goes in a circle: compose.yaml → b.yaml → compose.yaml.',
    );
  });

  it('cannot change the form of what it includes', () => {
    const found = problemsOf(
      'include: [b.yaml]\nservices:\n  b: {healthcheck: [x]}',
      {},
      { 'b.yaml': 'services: {b: {image: b, healthcheck: {test: t}}}' },
    );
    assert.equal(
      found[0],
      'compose.yaml:3: services.b.healthcheck expected a map, as before, found a list.',
    );
  });
});
