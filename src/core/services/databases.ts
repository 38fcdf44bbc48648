import { encoded, pairsOf, queryOf, urlOf } from './connection-text.ts';
import type { Connection, Preset, Server } from './preset.ts';

/** Through TCP, which the servers that only prepare the first start do not answer. */
const mysqlPing =
  'mariadb-admin ping -h 127.0.0.1 --silent 2>/dev/null || mysqladmin ping -h 127.0.0.1 --silent';

export const postgres: Preset = {
  image: 'docker.io/library/postgres:17',
  alike: ['postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb', 'timescaledb-ha'],
  ports: [5432],
  environment: (password) => ({ POSTGRES_PASSWORD: password }),
  wait: () => ({
    shell:
      'pg_isready -q -h 127.0.0.1 -U "${POSTGRES_USER:-postgres}" -d "${POSTGRES_DB:-${POSTGRES_USER:-postgres}}"',
  }),
  connection: ({ environment, host, portOf }) => {
    // Bitnami's names, and the official ones, which it takes, too.
    const user = environment['POSTGRESQL_USERNAME'] ?? environment['POSTGRES_USER'] ?? 'postgres';
    const bitnamis = environment['POSTGRESQL_DATABASE'];
    const database = bitnamis ?? environment['POSTGRES_DB'] ?? user;
    const password = environment['POSTGRESQL_PASSWORD'] ?? environment['POSTGRES_PASSWORD'];
    const isOpen = environment['POSTGRES_HOST_AUTH_METHOD'] === 'trust';
    if (password === undefined && !isOpen) return undefined;
    const at = { host, port: portOf(5432) };
    const [Host, Port] = [host, String(at.port)];
    const path = `/${encoded(database)}`;
    const jdbc = urlOf({ scheme: 'jdbc:postgresql', ...at, path });
    return {
      ...login(user, password, database),
      strings: {
        connectionString: urlOf({ scheme: 'postgresql', user, password, ...at, path }),
        adoConnectionString: pairsOf({
          ...{ Host, Port, Username: user, Password: password, Database: database },
        }),
        jdbcUrl: `${jdbc}${queryOf({ user, password })}`,
      },
    };
  },
};

export const mysql: Preset = {
  image: 'docker.io/library/mysql:8.4',
  alike: ['mysql', 'mysql-server', 'mysql/community-server', 'percona', 'percona-server'],
  ports: [3306],
  // Oracle's own images let root in from nowhere else but the container (dev.mysql.com, "Docker Environment Variables").
  environment: (password) => ({
    ...{ MYSQL_ROOT_PASSWORD: password, MYSQL_ROOT_HOST: '%', MYSQL_DATABASE: 'app' },
  }),
  wait: () => ({ shell: mysqlPing }),
  // Its passwords travel by a key that clients do not ask for by themselves.
  connection: (server) =>
    mysqlConnection(server, 'mysql', ['MYSQL'], {
      jdbc: { allowPublicKeyRetrieval: 'true' },
      ado: { AllowPublicKeyRetrieval: 'True' },
    }),
};

export const mariadb: Preset = {
  image: 'docker.io/library/mariadb:11.4',
  alike: ['mariadb'],
  ports: [3306],
  environment: (password) => ({ MARIADB_ROOT_PASSWORD: password, MARIADB_DATABASE: 'app' }),
  wait: () => ({ shell: mysqlPing }),
  connection: (server) => mysqlConnection(server, 'mariadb', ['MARIADB', 'MYSQL'], {}),
};

type Extra = Readonly<Record<string, string>>;

/** A user of its own when there is one, else root. */
function mysqlConnection(
  { environment, host, portOf }: Server,
  jdbcScheme: string,
  prefixes: readonly string[],
  extra: { readonly jdbc?: Extra; readonly ado?: Extra },
): Connection | undefined {
  const said = (name: string): string | undefined =>
    prefixes.map((prefix) => environment[`${prefix}_${name}`]).find((value) => value !== undefined);
  const own = said('USER');
  const user = own ?? 'root';
  const password = own === undefined ? said('ROOT_PASSWORD') : said('PASSWORD');
  const database = said('DATABASE');
  const isOpen = own === undefined && said('ALLOW_EMPTY_ROOT_PASSWORD') !== undefined;
  if (password === undefined && !isOpen) return undefined;
  const at = { host, port: portOf(3306), path: `/${encoded(database ?? '')}` };
  return {
    ...login(user, password, database),
    strings: {
      connectionString: urlOf({ scheme: 'mysql', user, password, ...at }),
      adoConnectionString: pairsOf({
        ...{ Server: host, Port: String(at.port), 'User ID': user, Password: password },
        ...{ Database: database, ...extra.ado },
      }),
      jdbcUrl: `${urlOf({ scheme: `jdbc:${jdbcScheme}`, ...at })}${queryOf({ user, password, ...extra.jdbc })}`,
    },
  };
}

/** Its port opens before it takes logins (testcontainers-dotnet, discussion 1167), so a line of its log counts, too. */
export const mssql: Preset = {
  image: 'mcr.microsoft.com/mssql/server:2022-latest',
  alike: ['mssql/server', 'mssql/rhel/server', 'azure-sql-edge'],
  ports: [1433],
  environment: (password) => ({ ACCEPT_EULA: 'Y', MSSQL_SA_PASSWORD: password }),
  wait: () => ({ log: { pattern: 'Recovery is complete', times: 1 }, tcp: [1433] }),
  connection: ({ environment, host, portOf }) => {
    const password = environment['MSSQL_SA_PASSWORD'] ?? environment['SA_PASSWORD'];
    if (password === undefined) return undefined;
    const [user, port] = ['sa', portOf(1433)];
    // JDBC quotes by braces (learn.microsoft.com, "Building the connection URL").
    const quoted = /[;{}]/.test(password) ? `{${password.replaceAll('}', '}}')}}` : password;
    const settings = `user=${user};password=${quoted};encrypt=true;trustServerCertificate=true`;
    return {
      ...{ user, password },
      strings: {
        connectionString: pairsOf({
          ...{ Server: `${host},${port}`, 'User Id': user, Password: password },
          TrustServerCertificate: 'True',
        }),
        jdbcUrl: `${urlOf({ scheme: 'jdbc:sqlserver', host, port })};${settings}`,
      },
    };
  },
};

function login(user?: string, password?: string, database?: string): Omit<Connection, 'strings'> {
  return {
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
  };
}
