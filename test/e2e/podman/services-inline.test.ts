import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { runPipeline } from '../../support/run-pipeline.ts';
import {
  type ServicesGround,
  leave,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

/** The versions are those that set-up has images of. */
const services = `
db: postgres:15
shop: { preset: mariadb, version: "10.11", environment: { MARIADB_DATABASE: orders } }
cache: redis:7
queue: { preset: rabbitmq, version: 3 }
web:
  image: busybox:1
  command: sh -c "mkdir /www && echo hello > /www/index.html && sleep 1 && echo up up && httpd -f -p 80 -h /www"
  ports: ["80"]
  wait: { http: 80/index.html, log: ^up, timeout: 1m }
  scale: 2
`;

/** Every client speaks through the published port or the name in the network, with the string it was given. */
const questions = [
  'set -e',
  'test "$(services.cache.port.6379)" = "$AGENT_SERVICES_CACHE_PORTS_6379"',
  '. "$(services.envFile)"',
  'case "$DB_CONNECTION_STRING" in "$DB"*) echo "the same string twice";; esac',
  // From within, where the published port is not known: the login is what counts.
  'login="$(echo "$DB" | sed -E "s|@[^/]+|@127.0.0.1:5432|")"; export login',
  `podman exec -e login "$(services.db.container)" sh -c 'psql "$login" -Atc "select 5 * 8 + 2"' | sed 's/^/postgresql says /'`,
  'podman exec -e MYSQL_PWD="$(services.shop.password)" "$(services.shop.container)" mariadb -u "$(services.shop.user)" "$(services.shop.database)" -N -e "select concat(\'mariadb says \', 42)"',
  'exec 3<>"/dev/tcp/$(services.cache.host)/$(services.cache.port.6379)"; printf "PING\\r\\n" >&3; head -1 <&3 | grep PONG',
  'podman exec "$(services.queue.container)" setpriv --reuid rabbitmq --regid rabbitmq --init-groups rabbitmqctl -q authenticate_user "$(services.queue.user)" "$QUEUE_PASSWORD"',
  'for at in "$(services.web.address)" "$(services.web-2.address)"; do exec 3<>"/dev/tcp/${at/:/\\/}"; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; grep hello <&3; done',
].join('\n');

const madePassword = /Aa1-[0-9a-f]{24}/;

const tests = {
  ...{ image: 'docker.io/library/postgres:15', entrypoint: ['sh', '-c'] },
  command: ['psql "$$DB_CONNECTION_STRING" -Atc "select \'tests say \' || 6 * 7"'],
};

describe('Services written in the step', function () {
  this.timeout(300_000);
  let ground: ServicesGround;

  before(async () => {
    ground = await startServicesGround('root');
  });

  after(() => leave(ground));

  it('are started by their presets, and programs connect with what the step tells', async () => {
    const { exitCode, output } = await ground.run({
      inputs: { services, waitTimeout: '200' },
      steps: [{ bash: questions, env: { DB: '$(services.db.connectionString)' } }],
    });
    assert.equal(exitCode, 0, output);
    for (const said of [
      /^db: no healthcheck in the file or the image; as postgres it counts as healthy when /m,
      /^postgresql says 42$/m,
      /^mariadb says 42$/m,
      /^the same string twice$/m,
      /^\+PONG/m,
      /^Success$/m,
      /^web-2: healthy \S+ s after its start/m,
    ]) {
      assert.match(output, said);
    }
    assert.equal([...output.matchAll(/^hello$/gm)].length, 2, output);
    assert.doesNotMatch(output, madePassword);
    assert.deepEqual(await ground.left(), []);
  });

  it('are laid over a compose file, some of them chosen, and the tests are told how to connect', async () => {
    const { exitCode, output } = await ground.run({
      compose: { services: { tests, other: { image: 'nowhere.invalid/x' } } },
      inputs: {
        services: stringify({ db: 'postgres:15' }),
        selectServices: 'db',
        testService: 'tests',
      },
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /^tests say 42$/m);
    assert.doesNotMatch(output, /nowhere\.invalid/);
    assert.doesNotMatch(output, madePassword);
    assert.deepEqual(await ground.left(), []);
  });
});

describe('The example with services in the step, as a plain user', function () {
  this.timeout(300_000);
  let ground: ServicesGround;

  before(async function () {
    await skipWithoutPlainUser(this);
    ground = await startServicesGround('plain user');
  });

  after(() => leave(ground));

  it('runs unchanged, and shows no secret', async () => {
    const pipeline = await readFile('examples/services/azure-pipelines.yml', 'utf8');
    const { user, playground } = ground;
    assert.ok(user);
    const run = await runPipeline({ pipeline, environment: playground.environment, user });
    const { exitCode, output } = run;
    await run.remove();
    assert.equal(exitCode, 0, output);
    assert.match(output, /^6 times 7 is 42$/m);
    assert.match(output, /^hello\r?$/m);
    assert.match(output, /the log does not show it: \*\*\*$/m);
    assert.doesNotMatch(output, madePassword);
    assert.deepEqual(await ground.left(), []);
  });
});
