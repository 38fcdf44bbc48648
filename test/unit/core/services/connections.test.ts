import assert from 'node:assert/strict';
import { connectionTo, connectionWithin } from '../../../../src/core/services/connection-to.ts';
import { type PresetName, presetNames, presets } from '../../../../src/core/services/presets.ts';
import type { Connection, Preset } from '../../../../src/core/services/preset.ts';

const preset = (name: PresetName): Preset => presets[name];

/** Every port of the container is reached under 10000 more. */
function connect(
  name: PresetName,
  environment: Readonly<Record<string, string>> = preset(name).environment('p@ss', name),
  host = '127.0.0.1',
): Connection | undefined {
  const service = { name, environment, preset: name };
  const ports = preset(name).ports.map((port) => [String(port), port + 10_000] as const);
  return connectionTo(service, { service: name, host, ports });
}

const first = (...args: Parameters<typeof connect>): string | undefined =>
  connect(...args)?.strings['connectionString'];

describe('connection strings', () => {
  it('lead to every preset as it is started', () => {
    const strings = presetNames.map((name) => [name, first(name)]);
    assert.deepEqual(Object.fromEntries(strings), {
      postgres: 'postgresql://postgres:p%40ss@127.0.0.1:15432/postgres',
      mysql: 'mysql://root:p%40ss@127.0.0.1:13306/app',
      mariadb: 'mysql://root:p%40ss@127.0.0.1:13306/app',
      mssql: 'Server=127.0.0.1,11433;User Id=sa;Password=p@ss;TrustServerCertificate=True',
      redis: 'redis://127.0.0.1:16379',
      valkey: 'redis://127.0.0.1:16379',
      rabbitmq: 'amqp://app:p%40ss@127.0.0.1:15672/',
      kafka: '127.0.0.1:19092',
      nats: 'nats://127.0.0.1:14222',
      mongo: 'mongodb://root:p%40ss@127.0.0.1:37017/?authSource=admin',
      elasticsearch: 'http://127.0.0.1:19200',
      azurite: [
        'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1',
        `AccountKey=${connect('azurite')?.password ?? ''}`,
        'BlobEndpoint=http://127.0.0.1:20000/devstoreaccount1',
        'QueueEndpoint=http://127.0.0.1:20001/devstoreaccount1',
        'TableEndpoint=http://127.0.0.1:20002/devstoreaccount1',
      ].join(';'),
      minio: 'http://minio:p%40ss@127.0.0.1:19000',
    });
  });

  it('come for .NET and for Java, too', () => {
    const { strings } = connect('postgres', {
      ...{ POSTGRES_USER: 'a b', POSTGRES_PASSWORD: 'x;"y', POSTGRES_DB: 'shop' },
    }) as Connection;
    assert.equal(
      strings['adoConnectionString'],
      `Host=127.0.0.1;Port=15432;Username=a b;Password='x;"y';Database=shop`,
    );
    assert.equal(
      strings['jdbcUrl'],
      'jdbc:postgresql://127.0.0.1:15432/shop?user=a%20b&password=x%3B%22y',
    );
    assert.equal(
      connect('mssql')?.strings['jdbcUrl'],
      'jdbc:sqlserver://127.0.0.1:11433;user=sa;password=p@ss;encrypt=true;trustServerCertificate=true',
    );
    assert.equal(
      connect('mysql')?.strings['adoConnectionString'],
      'Server=127.0.0.1;Port=13306;User ID=root;Password=p@ss;Database=app;AllowPublicKeyRetrieval=True',
    );
  });

  it('hold a password with signs as each reader takes it', () => {
    const { strings } = connect('mssql', { MSSQL_SA_PASSWORD: 'a;b}c' }) as Connection;
    assert.match(strings['connectionString'] ?? '', /;Password="a;b\}c";/);
    assert.match(strings['jdbcUrl'] ?? '', /;password=\{a;b\}\}c\};/);
  });

  it('follow the variables that a compose file sets', () => {
    const own = { MYSQL_USER: 'shop', MYSQL_PASSWORD: 'x', MYSQL_DATABASE: 'orders' };
    assert.equal(first('mariadb', own), 'mysql://shop:x@127.0.0.1:13306/orders');
    assert.equal(
      first('mysql', { MYSQL_ALLOW_EMPTY_ROOT_PASSWORD: '1' }, '::1'),
      'mysql://root@[::1]:13306/',
    );
    assert.equal(
      first('postgres', { POSTGRES_HOST_AUTH_METHOD: 'trust' }),
      'postgresql://postgres@127.0.0.1:15432/postgres',
    );
    assert.equal(
      first('rabbitmq', { RABBITMQ_DEFAULT_VHOST: 'a/b' }),
      'amqp://guest:guest@127.0.0.1:15672/a%2Fb',
    );
    const bitnamis = {
      POSTGRESQL_USERNAME: 'a',
      POSTGRESQL_PASSWORD: 'b',
      POSTGRESQL_DATABASE: 'c',
    };
    assert.equal(first('postgres', bitnamis), 'postgresql://a:b@127.0.0.1:15432/c');
    assert.equal(first('mongo', {}), 'mongodb://127.0.0.1:37017/');
    assert.equal(
      first('elasticsearch', { ELASTIC_PASSWORD: 'x' }),
      'https://elastic:x@127.0.0.1:19200',
    );
  });

  it('are not guessed when the password stands elsewhere', () => {
    const names = ['postgres', 'mysql', 'mariadb', 'mssql', 'elasticsearch'] as const;
    for (const name of names) assert.equal(connect(name, {}), undefined, name);
    assert.equal(connect('mongo', { MONGO_INITDB_ROOT_USERNAME: 'a' }), undefined);
    assert.equal(connect('rabbitmq', { RABBITMQ_DEFAULT_USER: 'a' }), undefined);
  });

  it('speak plainly to an Elasticsearch whose own words leave TLS out', () => {
    const login = { ELASTIC_PASSWORD: 'x' };
    const at = 'elastic:x@127.0.0.1:19200';
    // Whoever says that there is security gets no certificates made for it.
    const explicit = { ...login, 'xpack.security.enabled': 'true' };
    const bare = { ...login, 'xpack.security.http.ssl.enabled': 'false' };
    assert.equal(first('elasticsearch', explicit), `http://${at}`);
    assert.equal(first('elasticsearch', bare), `http://${at}`);
    const both = { ...explicit, 'xpack.security.http.ssl.enabled': 'true' };
    assert.equal(first('elasticsearch', both), `https://${at}`);
  });

  it("know the login of MongoDB's own image, whose variables have other names", () => {
    const image = 'docker.io/mongodb/mongodb-community-server';
    const environment = preset('mongo').environment('p', image);
    assert.deepEqual(environment, {
      MONGODB_INITDB_ROOT_USERNAME: 'root',
      MONGODB_INITDB_ROOT_PASSWORD: 'p',
    });
    assert.equal(first('mongo', environment), 'mongodb://root:p@127.0.0.1:37017/?authSource=admin');
  });
});

describe('a MongoDB that is a replica set', () => {
  const environment = { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'p' };
  const command = ['mongod', '--replSet', 'rs0'];
  const service = { name: 'db', environment, command, preset: 'mongo' } as const;

  it('is asked by the agent without the names of its members, which lead nowhere there', () => {
    const address = { service: 'db', host: '127.0.0.1', ports: [['27017', 40_001]] as const };
    const ofAgent = (known: Parameters<typeof connectionTo>[0]): unknown =>
      connectionTo(known, address)?.strings['connectionString'];
    const direct = 'directConnection=true';
    assert.equal(ofAgent(service), `mongodb://root:p@127.0.0.1:40001/?authSource=admin&${direct}`);
    const open = { ...service, environment: {} };
    assert.equal(ofAgent(open), `mongodb://127.0.0.1:40001/?${direct}`);
    const peers = connectionWithin(service)?.strings['connectionString'];
    assert.equal(peers, 'mongodb://root:p@db:27017/?authSource=admin');
  });
});

describe('the password of a Redis or Valkey', () => {
  const from = (
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): unknown => {
    const service = { name: 'cache', environment, command, preset: 'valkey' } as const;
    return connectionWithin(service)?.strings['connectionString'];
  };

  it('is an option of its command, as a word of its own or in a script', () => {
    const url = 'redis://default:s%20x@cache:6379';
    assert.equal(from(['valkey-server', '--requirepass', 's x']), url);
    assert.equal(from(['sh', '-c', 'exec valkey-server --requirepass "s x" --save ""']), url);
    assert.equal(from(['sh', '-c', 'redis-server --requirepass $PASS'], { PASS: 's x' }), url);
    assert.equal(from(['sh', '-c', 'redis-server --requirepass "${PASS}"'], { PASS: 's x' }), url);
    assert.equal(from([], { REDIS_ARGS: "--requirepass 's x'" }), url);
    assert.equal(from([], { VALKEY_EXTRA_FLAGS: '--save 60 1' }), 'redis://cache:6379');
  });

  it('is not guessed when it stands elsewhere', () => {
    assert.equal(
      from(['sh', '-c', 'redis-server --requirepass "$(cat /run/secrets/p)"']),
      undefined,
    );
    assert.equal(from(['sh', '-c', 'redis-server --requirepass $PASS']), undefined);
  });
});

describe('the address of Kafka', () => {
  const said = (listeners: string): Readonly<Record<string, string>> => ({
    KAFKA_ADVERTISED_LISTENERS: listeners,
  });
  const within = (environment: Readonly<Record<string, string>>): unknown =>
    connectionWithin({ name: 'kafka', environment, preset: 'kafka' })?.strings['connectionString'];

  it('is on its network the listener that it tells under its own name', () => {
    const own = preset('kafka').environment('', 'apache/kafka');
    const started = said((own['KAFKA_ADVERTISED_LISTENERS'] ?? '').replace('{service}', 'kafka'));
    assert.equal(within(started), 'kafka:29092');
    assert.equal(within(said('PLAINTEXT://kafka:9092')), 'kafka:9092');
  });

  it('is nowhere when it tells its clients another one', () => {
    assert.equal(within(said('PLAINTEXT://localhost:9092')), undefined);
    assert.equal(first('kafka', said('PLAINTEXT://kafka:9092')), undefined);
    assert.equal(first('kafka', said('A://kafka:29092,B://localhost:9092')), undefined);
    assert.equal(first('kafka', {}), undefined);
  });

  it('is for the agent the one that leads to the published port', () => {
    assert.equal(first('kafka', said('A://kafka:29092,B://localhost:19092')), '127.0.0.1:19092');
    assert.equal(first('kafka', said('OUTSIDE://127.0.0.1:19092')), '127.0.0.1:19092');
  });

  it("comes with a cluster's id, without which Confluent's images do not start", () => {
    assert.match(preset('kafka').environment('', '')['CLUSTER_ID'] ?? '', /^[\w-]{22}$/);
  });
});
