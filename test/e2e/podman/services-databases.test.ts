import assert from 'node:assert/strict';
import {
  type ServicesGround,
  leave,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

const quick = { interval: '2s', timeout: '10s', retries: 60 };
const healthy = { condition: 'service_healthy' };

/** Each waits until the one before is healthy. */
const chain = {
  db: {
    image: 'postgres:15',
    environment: { POSTGRES_PASSWORD: 'in-tests' },
    healthcheck: { ...quick, test: ['CMD', 'pg_isready', '-U', 'postgres'] },
    ports: ['5432'],
  },
  shop: {
    image: 'mariadb:10.11',
    environment: { MARIADB_ROOT_PASSWORD: 'in-tests', MARIADB_DATABASE: 'shop' },
    healthcheck: { ...quick, test: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'] },
    depends_on: { db: healthy },
    ports: ['3306'],
  },
  cache: {
    image: 'redis:7',
    healthcheck: { ...quick, test: 'redis-cli ping | grep PONG' },
    depends_on: { shop: healthy },
    ports: ['6379'],
  },
  // No check in the file, none in an image of the OCI format: what is known of such images counts.
  queue: { image: 'rabbitmq:3', depends_on: { cache: healthy }, ports: ['5672'] },
  last: { image: 'busybox:1', command: 'sleep 1000', depends_on: { queue: healthy } },
};

const questions = [
  'set -e',
  'ask() { podman exec "$@"; }',
  'name() { podman ps --filter "label=com.docker.compose.service=$1" --format "{{.Names}}"; }',
  `ask "$(name db)" psql -U postgres -Atc "select 'postgresql says ' || 6 * 7"`,
  `ask "$(name shop)" mariadb -pin-tests -N -e "select concat('mariadb says ', 6 * 7)" shop`,
  'ask "$(name cache)" redis-cli set answer "redis says 42"',
  'ask "$(name cache)" redis-cli get answer',
  'ask "$(name queue)" setpriv --reuid rabbitmq --regid rabbitmq --init-groups rabbitmq-diagnostics -q ping',
  'exec 3<>"/dev/tcp/$(services.queue.host)/$(services.queue.port.5672)"',
  'printf "AMQP\\0\\0\\11\\1" >&3; timeout 3 cat <&3 | tr -cd "[:print:]" | grep -o RabbitMQ | head -1',
].join('\n');

for (const as of ['root', 'plain user'] as const) {
  describe(`A chain of real databases and a queue, as ${as}`, function () {
    this.timeout(360_000);
    let ground: ServicesGround;

    before(async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      ground = await startServicesGround(as);
    });

    after(() => leave(ground));

    it('is ready in order without systemd, answers, and is gone afterwards', async () => {
      const { exitCode, output } = await ground.run({
        compose: { services: chain },
        inputs: { waitTimeout: '200' },
        script: questions,
      });
      assert.equal(exitCode, 0, output);
      const ready = [...output.matchAll(/^(\w+): healthy .* after its start/gm)].map(([, n]) => n);
      assert.deepEqual(ready, ['db', 'shop', 'cache', 'queue']);
      const starts = [
        ...output.matchAll(/^(?:\w+=\*{3} )*podman .*run --detach --name \S+-(\w+) /gm),
      ];
      assert.deepEqual(
        starts.map(([, name]) => name),
        ['db', 'shop', 'cache', 'queue', 'last'],
      );
      assert.match(
        output,
        /^queue: no healthcheck .*; as rabbitmq it .* when it listens on 5672\.$/m,
      );
      for (const answer of [/^postgresql says 42$/m, /^mariadb says 42$/m, /^redis says 42$/m]) {
        assert.match(output, answer);
      }
      assert.match(output, /^Ping succeeded$/m);
      assert.match(output, /^RabbitMQ$/m);
      assert.deepEqual(await ground.left(), []);
    });
  });
}
