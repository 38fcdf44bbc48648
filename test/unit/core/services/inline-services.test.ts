import assert from 'node:assert/strict';
import type { ComposeProject } from '../../../../src/core/compose/model.ts';
import { presetNames, presets } from '../../../../src/core/services/presets.ts';
import { problemsOf, projectOf } from '../../../support/compose-text.ts';

const passwordOf = (service: string): string => `made-for-${service}`;
const alone = (text: string) => ({ files: [''], inline: { text, passwordOf } });
const inline = (text: string): ComposeProject => projectOf('', {}, {}, alone(text));
const wrong = (text: string): readonly string[] => problemsOf('', {}, {}, alone(text));

describe('services in the step itself', () => {
  it('may be no more than the name of a preset, with or without a version', () => {
    const { services } = inline('redis:\ndb: postgres:15\nqueue: {preset: rabbitmq, version: 3}\n');
    assert.deepEqual(
      services.map(({ name, image, preset, ports }) => [
        name,
        image,
        preset,
        ports[0]?.containerPort,
      ]),
      [
        ['redis', 'docker.io/library/redis:7.4', 'redis', 6379],
        ['db', 'docker.io/library/postgres:15', 'postgres', 5432],
        ['queue', 'docker.io/library/rabbitmq:3', 'rabbitmq', 5672],
      ],
    );
    assert.deepEqual(services[1]?.environment, { POSTGRES_PASSWORD: 'made-for-db' });
  });

  it('take every key of a compose service, which wins over the preset', () => {
    const [db] = inline(`
db:
  preset: postgres
  image: my.azurecr.io/own-db:3
  ports: ["15432:5432"]
  environment: [POSTGRES_PASSWORD=own, POSTGRES_DB=shop]
  wait: {log: ready, timeout: 3m}
`).services;
    assert.equal(db?.image, 'my.azurecr.io/own-db:3');
    assert.equal(db.preset, 'postgres');
    assert.deepEqual(db.environment, { POSTGRES_PASSWORD: 'own', POSTGRES_DB: 'shop' });
    assert.deepEqual(
      db.ports.map(({ published }) => published?.from),
      [15_432],
    );
    assert.deepEqual(db.wait, { log: { pattern: 'ready', times: 1 }, timeoutMs: 180_000 });
  });

  it('make no password where the user brings one in a file', () => {
    const [db] = inline(
      'db: {preset: mysql, environment: {MYSQL_ROOT_PASSWORD_FILE: /run/p}}\n',
    ).services;
    assert.deepEqual(db?.environment, {
      MYSQL_ROOT_PASSWORD_FILE: '/run/p',
      MYSQL_ROOT_HOST: '%',
      MYSQL_DATABASE: 'app',
    });
  });

  it('know a preset by its image, and leave other images as they are', () => {
    const { services } = inline('a: {image: bitnami/postgresql:16}\nb: busybox:1\n');
    assert.deepEqual(
      services.map(({ image, preset, ports }) => [image, preset, ports.length]),
      [
        ['bitnami/postgresql:16', 'postgres', 1],
        ['busybox:1', undefined, 0],
      ],
    );
  });

  it('know none of the relatives whose variables and commands are others', () => {
    const names = ['bitnami/redis', 'docker.io/bitnamilegacy/mongodb', 'bitnami/minio'];
    const { services } = inline(names.map((name, at) => `s${at}: {image: ${name}}\n`).join(''));
    assert.deepEqual(
      services.map(({ preset, environment }) => [preset, environment]),
      names.map(() => [undefined, {}]),
    );
  });

  it("give MongoDB's own image its login under that image's names", () => {
    const [db] = inline('db: {image: mongodb/mongodb-community-server:8.0-ubi9}\n').services;
    assert.deepEqual(db?.environment, {
      MONGODB_INITDB_ROOT_USERNAME: 'root',
      MONGODB_INITDB_ROOT_PASSWORD: 'made-for-db',
    });
  });

  it('lie over the compose file when both are given', () => {
    const text = 'services:\n  db: {image: postgres:15, environment: {A: b}}\n  app: {image: x}\n';
    const own = 'db: {environment: {C: d}, image: "postgres:16"}\ncache: redis\n';
    const files = ['/s/compose.yaml', ''];
    const project = projectOf(text, {}, {}, { files, inline: { text: own, passwordOf } });
    assert.deepEqual(
      project.services.map(({ name }) => name),
      ['db', 'app', 'cache'],
    );
    const [db] = project.services;
    assert.equal(db?.image, 'postgres:16');
    assert.equal(db.environment['A'], 'b');
  });

  it('may be a whole compose file, with volumes and networks', () => {
    const { services, volumes } = inline(
      'services: {db: {preset: postgres, volumes: ["data:/data"]}}\nvolumes: {data: }\n',
    );
    assert.equal(services[0]?.preset, 'postgres');
    assert.equal(volumes.length, 1);
  });

  it('fill in variables, and publish nothing when told so', () => {
    const text = 'db: {preset: postgres, version: "${V}", ports: []}\n';
    const [db] = projectOf('', { V: '14' }, {}, alone(text)).services;
    assert.equal(db?.image, 'docker.io/library/postgres:14');
    assert.deepEqual(db.ports, []);
  });

  it('are told by their line when they cannot be understood', () => {
    assert.deepEqual(wrong('db: {version: 15}\ncache: [redis]\nx: {preset: postgress}\n'), [
      ':1: The service db has neither an image nor a preset that is known.',
      ':2: The service cache has neither an image nor a preset that is known.',
      ':3: The service x has neither an image nor a preset that is known.',
    ]);
    assert.match(wrong('db: {preset: redis, imagee: x}\n')[0] ?? '', /db\.imagee is not a key/);
  });

  for (const name of presetNames) {
    it(`start ${name} without another word`, () => {
      const [service] = inline(`${name}: {}\n`).services;
      assert.equal(service?.preset, name);
      assert.ok(presets[name].image.startsWith(service.image.split(':')[0] ?? '-'));
      assert.doesNotMatch(JSON.stringify(service.environment), /\{service\}/);
    });
  }
});

describe('x-wait and x-preset', () => {
  const waitOf = (text: string): unknown =>
    projectOf(`services: {a: {image: x, x-wait: ${text}}}`).services[0]?.wait;

  it('say when a service is ready, in short and long forms', () => {
    assert.deepEqual(waitOf('{tcp: 80}'), { tcp: [80] });
    assert.deepEqual(waitOf('{tcp: [80, "81"]}'), { tcp: [80, 81] });
    assert.deepEqual(waitOf('{http: "8080/health"}'), { http: { port: 8080, path: '/health' } });
    assert.deepEqual(waitOf('{http: {port: 80, status: 204}}'), {
      http: { port: 80, path: '/', status: 204 },
    });
    assert.deepEqual(waitOf('{http: {port: 80, tls: {ca: a.pem, serverName: web}}}'), {
      http: { port: 80, path: '/', tls: { insecure: false, ca: '/s/a.pem', serverName: 'web' } },
    });
    assert.deepEqual(waitOf('{http: {port: 80, tls: insecure}}'), {
      http: { port: 80, path: '/', tls: { insecure: true } },
    });
    assert.deepEqual(waitOf('{http: {port: 80, tls: false}}'), { http: { port: 80, path: '/' } });
    assert.deepEqual(waitOf('{log: {pattern: "re.dy", times: 2}, shell: "test -f /up"}'), {
      log: { pattern: 're.dy', times: 2 },
      shell: 'test -f /up',
    });
  });

  it('are refused with the key that is wrong', () => {
    const problem = (text: string): string =>
      problemsOf(`services: {a: {image: x, ${text}}}`)[0] ?? '';
    assert.match(problem('x-wait: {tcp: 0}'), /x-wait\.tcp\.0 expected a port/);
    assert.match(problem('x-wait: {http: health}'), /x-wait\.http expected port and path/);
    assert.match(
      problem('x-wait: {http: {port: 80, tls: yes}}'),
      /http\.tls expected how to trust/,
    );
    assert.match(problem('x-wait: {log: "("}'), /x-wait\.log expected a regular expression/);
    assert.match(problem('x-wait: {logs: a}'), /x-wait\.logs is not a key/);
    assert.match(problem('x-wait: {timeout: 5}'), /x-wait\.timeout expected a duration/);
    assert.match(problem('x-wait: {}'), /x-wait is empty/);
    assert.match(problem('x-preset: oracle'), /x-preset expected a preset/);
  });

  it('tell what an image behaves like, or that it does not', () => {
    const presetOf = (keys: string): unknown =>
      projectOf(`services: {a: {${keys}}}`).services[0]?.preset;
    assert.equal(presetOf('image: "my.io:5000/hub/library/postgres:15"'), 'postgres');
    assert.equal(presetOf('image: "mcr.microsoft.com/mssql/server:2022-latest"'), 'mssql');
    assert.equal(presetOf('image: own, x-preset: mysql'), 'mysql');
    assert.equal(presetOf('image: redis, x-preset: none'), undefined);
    for (const other of ['redis-exporter', 'pgadmin4', 'notpostgres', 'mongo-express']) {
      assert.equal(presetOf(`image: ${other}`), undefined, other);
    }
  });
});
