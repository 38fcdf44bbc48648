import { stringify } from 'yaml';

/** A compose file of services as people write them: variables, checks, ports, volumes, and who waits for whom. */
export function largeCompose(count: number): string {
  const services = Array.from(
    { length: count },
    (_, at) => [`service-${at}`, service(at)] as const,
  );
  return stringify({
    services: Object.fromEntries(services),
    volumes: { data: {} },
    networks: { front: {}, back: { internal: true } },
  });
}

function service(at: number): object {
  const before = at % 10 === 0 ? [] : [`service-${at - 1}`];
  return {
    image: '${REGISTRY:-docker.io}/library/postgres:${TAG:-15}',
    command: ['postgres', '-c', 'fsync=off', '-c', `port=${5000 + at}`],
    environment: {
      POSTGRES_PASSWORD: '${PASSWORD:-secret}',
      POSTGRES_DB: `db${at}`,
      URL: `postgres://postgres:\${PASSWORD:-secret}@service-${at}:5432/db${at}`,
    },
    healthcheck: {
      ...{ test: ['CMD-SHELL', 'pg_isready -U postgres'], interval: '2s', timeout: '5s' },
      ...{ retries: 10, start_period: '30s' },
    },
    ports: [`127.0.0.1:${20000 + at}:5432`, '80'],
    volumes: [`data:/var/lib/data-${at}`, './sql:/docker-entrypoint-initdb.d:ro'],
    networks: { front: { aliases: [`alias-${at}`] }, back: {} },
    depends_on: Object.fromEntries(before.map((name) => [name, { condition: 'service_healthy' }])),
    deploy: { resources: { limits: { memory: '256M', cpus: '0.5' } } },
    labels: [`tier=${at % 3}`, 'owner=shop'],
    restart: 'on-failure:3',
  };
}
