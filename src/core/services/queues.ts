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
