import assert from 'node:assert/strict';
import { type PresetName, presetNames, presets } from '../../../../src/core/services/presets.ts';
import type { Connection, Preset } from '../../../../src/core/services/preset.ts';

const preset = (name: PresetName): Preset => presets[name];

/** Every port of the container is reached under 10000 more. */
function connect(
  name: PresetName,
  environment: Readonly<Record<string, string>> = preset(name).environment('p@ss'),
  host = '127.0.0.1',
): Connection | undefined {
  return preset(name).connection({ environment, host, portOf: (port) => port + 10_000 });
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
});
