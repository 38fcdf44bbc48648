import { bracketed } from '../podman/publish.ts';
import type { Preset, Server } from './preset.ts';

const advertised = 'KAFKA_ADVERTISED_LISTENERS';

/** What `apache/kafka` tells when nobody says otherwise (docker/resources, configureDefaults). */
const imagesOwn = 'PLAINTEXT_HOST://localhost:9092';

/** One node without ZooKeeper that tells its clients where they reach it: inside by its name and port 29092. */
export const kafka: Preset = {
  image: 'docker.io/apache/kafka:4.1.0',
  alike: ['apache/kafka', 'kafka-native', 'cp-kafka'],
  ports: [9092],
  environment: () => ({
    // Confluent's images ask for one (kafka-images, configure).
    CLUSTER_ID: 'ZGFlbW9ubGVzcy1waXBlcw',
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENERS: 'OUTSIDE://:9092,INSIDE://:29092,CONTROLLER://localhost:9093',
    KAFKA_ADVERTISED_LISTENERS: 'OUTSIDE://{host}:{port:9092},INSIDE://{service}:29092',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'OUTSIDE:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  }),
  wait: () => ({
    log: { pattern: 'Kafka Server started|\\[KafkaServer id=\\d+\\] started', times: 1 },
  }),
  connection: (server) => {
    const address = toldAddress(server);
    return address === undefined ? undefined : { strings: { connectionString: address } };
  },
};

/**
 * Clients begin at any address, but go on with the one that Kafka tells them: that must lead to it, too.
 * Undefined: none does from there.
 */
function toldAddress({ environment, host, isPeer, portOf }: Server): string | undefined {
  if (isPeer) return told(environment).find((address) => address.startsWith(`${host}:`));
  const address = `${bracketed(host)}:${portOf(9092)}`;
  return leadsTo(address, environment) ? address : undefined;
}

/** What the reader should know of a Kafka that is published there and sends its clients elsewhere. */
export function detour(environment: Server['environment'], address: string): string | undefined {
  if (leadsTo(address, environment)) return undefined;
  const listeners = environment[advertised] ?? imagesOwn;
  return `tells its clients ${listeners}, which leads nobody on the agent to ${address}. For clients there let it tell {host}:{port:9092} as well.`;
}

function leadsTo(address: string, environment: Server['environment']): boolean {
  const words = ['{host}:{port:9092}', address, address.replace('127.0.0.1', 'localhost')];
  return words.some((word) => told(environment).includes(word));
}

/** `host:port` of each listener. */
function told(environment: Server['environment']): readonly string[] {
  const listeners = (environment[advertised] ?? imagesOwn).split(',');
  return listeners.map((listener) => listener.trim().replace(/^.*:\/\//, ''));
}
