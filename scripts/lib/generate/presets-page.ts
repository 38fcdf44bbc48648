import { format } from 'prettier';
import { describeWait } from '../../../src/core/health/wait.ts';
import type { Preset } from '../../../src/core/services/preset.ts';
import { type PresetName, presetNames, presets } from '../../../src/core/services/presets.ts';
import type { GeneratedFile } from './generated-file.ts';

/** Stands for what is made for each step. */
const made = 'PASSWORD';

/** What each was seen to work with, by clients on the agent and on the network. */
const triedWith = {
  postgres: "PostgreSQL 15, in this project's tests",
  mysql:
    'MySQL 9.7, by hand: clients of Node and Java as root and as a user of its own, also while its first start took long',
  mariadb: "MariaDB 10.11, in this project's tests",
  mssql: 'none: after the documentation and published logs of its images',
  redis: "Redis 7.0, in this project's tests",
  valkey: 'Valkey 8.1, by hand, with and without a password',
  rabbitmq: "RabbitMQ 3.10, in this project's tests",
  kafka:
    "Apache Kafka 4.1.0, by hand: its console clients on the agent and on the network; Confluent's images after their source",
  nats: 'NATS 2.15, by hand',
  mongo: 'none: after the source of its images',
  elasticsearch:
    'Elasticsearch 7.17, by hand, its server without X-Pack: readiness, and clients on the agent and on the network; TLS and logins after its source',
  azurite: 'Azurite 3.35, by hand',
  minio: 'MinIO of 2026, by hand',
} as const satisfies Readonly<Record<PresetName, string>>;

/** `docs/reference/service-presets.md`: what each preset starts and tells, from the presets themselves. */
export async function presetsPage(): Promise<GeneratedFile> {
  const text = [
    '# Presets of PodmanServices',
    '',
    `\`db: postgres:16\` in the input \`services\` starts a service by its preset: image, ports, variables and readiness are known. ${made} is made for each step and masked.`,
    'In compose files the same images get readiness and connection strings, and nothing is added to them. See [the guide](../guides/services-without-docker.md).',
    '',
    ...presetNames.flatMap((name) => section(name, presets[name])),
  ].join('\n');
  const content = await format(text, { parser: 'markdown', printWidth: 140 });
  return { path: 'docs/reference/service-presets.md', content };
}

function section(name: PresetName, preset: Preset): readonly string[] {
  const environment = preset.environment(made, preset.image);
  const portOf = (port: number): number => port + 30_000;
  const server = { environment, command: [], host: '127.0.0.1', isPeer: false, portOf };
  const connection = preset.connection(server);
  const variables = Object.entries(environment).map(([key, value]) => `\`${key}=${value}\``);
  const strings = Object.entries(connection?.strings ?? {});
  const rows = [
    ['Image', `\`${preset.image}\``],
    ['Known by', preset.alike.map((end) => `\`${end}\``).join(', ')],
    ['Ports', preset.ports.join(', ')],
    ...(variables.length === 0 ? [] : [['Variables', variables.join(', ')]]),
    ['Ready when', inCell(describeWait(preset.wait(environment)))],
    ...strings.map(([output, value]) => [`\`${output}\``, `\`${value}\``]),
    ['Tried with', triedWith[name]],
  ];
  return [
    `## ${name}`,
    '',
    ...['| | |', '| --- | --- |'],
    ...rows.map(([left = '', right = '']) => `| ${left} | ${right} |`),
    '',
  ];
}

/** A pipe in a table begins the next cell. */
function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
