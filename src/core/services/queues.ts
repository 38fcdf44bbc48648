import { encoded, urlOf } from './connection-text.ts';
import type { Preset } from './preset.ts';

export const rabbitmq: Preset = {
  image: 'docker.io/library/rabbitmq:4',
  alike: ['rabbitmq'],
  ports: [5672],
  environment: (password) => ({
    ...{ RABBITMQ_DEFAULT_USER: 'app', RABBITMQ_DEFAULT_PASS: password },
  }),
  // It listens as the last part of its start; its own check takes seconds of a processor.
  wait: () => ({ tcp: [5672] }),
  connection: ({ environment, host, portOf }) => {
    const user = environment['RABBITMQ_DEFAULT_USER'] ?? 'guest';
    const password = environment['RABBITMQ_DEFAULT_PASS'] ?? (user === 'guest' ? user : undefined);
    if (password === undefined) return undefined;
    const virtualHost = environment['RABBITMQ_DEFAULT_VHOST'];
    const path = virtualHost === undefined ? '/' : `/${encoded(virtualHost)}`;
    const url = { scheme: 'amqp', user, password, host, port: portOf(5672), path };
    return { user, password, strings: { connectionString: urlOf(url) } };
  },
};

/** One node without ZooKeeper that tells its clients where they reach it: inside by its name and port 29092. */
export const kafka: Preset = {
  image: 'docker.io/apache/kafka:4.1.0',
  alike: ['apache/kafka', 'kafka-native', 'cp-kafka'],
  ports: [9092],
  environment: () => ({
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
  connection: ({ host, portOf }) => ({
    strings: { connectionString: `${host}:${portOf(9092)}` },
  }),
};

/** NATS 2.15.2 prints the line after it listens (run by hand). */
export const nats: Preset = {
  image: 'docker.io/library/nats:2',
  alike: ['nats'],
  ports: [4222],
  environment: () => ({}),
  wait: () => ({ log: { pattern: 'Server is ready', times: 1 } }),
  connection: ({ host, portOf }) => ({
    strings: { connectionString: urlOf({ scheme: 'nats', host, port: portOf(4222) }) },
  }),
};
