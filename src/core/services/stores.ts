import { pairsOf, urlOf } from './connection-text.ts';
import type { Preset, Server } from './preset.ts';

export const elasticsearch: Preset = {
  image: 'docker.elastic.co/elasticsearch/elasticsearch:9.1.0',
  alike: ['elasticsearch'],
  ports: [9200],
  environment: () => ({
    'discovery.type': 'single-node',
    'xpack.security.enabled': 'false',
    ES_JAVA_OPTS: '-Xms512m -Xmx512m',
  }),
  // With a login it answers strangers with 401.
  wait: (environment) =>
    environment['xpack.security.enabled'] === 'false'
      ? { http: { port: 9200, path: '/_cluster/health?wait_for_status=yellow&timeout=1s' } }
      : { tcp: [9200] },
  connection: ({ environment, host, portOf }) => {
    const at = { scheme: hasTls(environment) ? 'https' : 'http', host, port: portOf(9200) };
    if (environment['xpack.security.enabled'] === 'false')
      return { strings: { connectionString: urlOf(at) } };
    const [user, password] = ['elastic', environment['ELASTIC_PASSWORD']];
    if (password === undefined) return undefined;
    return { user, password, strings: { connectionString: urlOf({ ...at, user, password }) } };
  },
};

/**
 * From version 8 it makes its own certificate, unless a word is said on security or TLS (AutoConfigureNode.java,
 * checkExistingConfiguration).
 */
function hasTls(environment: Server['environment']): boolean {
  const said = environment['xpack.security.http.ssl.enabled'];
  if (said !== undefined) return said === 'true';
  const others = ['xpack.security.enabled', 'xpack.security.autoconfiguration.enabled'];
  return others.every((name) => environment[name] === undefined);
}

/** Azurite's one account; everybody knows its key (Microsoft Learn, "Connect to Azurite"). */
const azuriteAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/** Azurite 3.35.0 answered these ports and this account's key, started by this command (run by hand). */
export const azurite: Preset = {
  image: 'mcr.microsoft.com/azure-storage/azurite:3.35.0',
  alike: ['azurite'],
  ports: [10_000, 10_001, 10_002],
  command: [
    ...['azurite', '--blobHost', '0.0.0.0', '--queueHost', '0.0.0.0', '--tableHost', '0.0.0.0'],
    '--skipApiVersionCheck',
  ],
  environment: () => ({}),
  wait: () => ({ tcp: [10_000, 10_001, 10_002] }),
  connection: ({ host, portOf }) => {
    const { name, key } = azuriteAccount;
    const at = (port: number): string =>
      urlOf({ scheme: 'http', host, port: portOf(port), path: `/${name}` });
    const connectionString = pairsOf({
      ...{ DefaultEndpointsProtocol: 'http', AccountName: name, AccountKey: key },
      ...{ BlobEndpoint: at(10_000), QueueEndpoint: at(10_001), TableEndpoint: at(10_002) },
    });
    return { user: name, password: key, strings: { connectionString } };
  },
};

/** Its unauthenticated liveness probe (docs.min.io, Healthcheck API); a server built from 2026-02-12 answered it. */
export const minio: Preset = {
  image: 'docker.io/minio/minio:RELEASE.2025-09-07T16-13-09Z',
  alike: ['minio'],
  ports: [9000],
  command: ['server', '/data'],
  environment: (password) => ({ MINIO_ROOT_USER: 'minio', MINIO_ROOT_PASSWORD: password }),
  wait: () => ({ http: { port: 9000, path: '/minio/health/live' } }),
  connection: ({ environment, host, portOf }) => {
    const user = environment['MINIO_ROOT_USER'] ?? 'minioadmin';
    const password = environment['MINIO_ROOT_PASSWORD'] ?? 'minioadmin';
    const url = urlOf({ scheme: 'http', user, password, host, port: portOf(9000) });
    return { user, password, strings: { connectionString: url } };
  },
};
