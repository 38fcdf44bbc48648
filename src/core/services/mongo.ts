import { urlOf } from './connection-text.ts';
import type { Preset } from './preset.ts';

/** Of the official image, and of `mongodb/mongodb-community-server`, each its own. */
const prefixes = ['MONGO_INITDB_ROOT_', 'MONGODB_INITDB_ROOT_'] as const;

export const mongo: Preset = {
  image: 'docker.io/library/mongo:8.0',
  alike: ['mongo', 'mongodb', 'mongodb-community-server'],
  ports: [27_017],
  environment: (password, image) => {
    const prefix = prefixes[image.includes('mongodb-community-server') ? 1 : 0];
    return { [`${prefix}USERNAME`]: 'root', [`${prefix}PASSWORD`]: password };
  },
  // While it prepares the first start it listens for itself alone, which does not count.
  wait: () => ({ tcp: [27_017] }),
  connection: ({ environment, host, portOf }) => {
    const prefix = prefixes.find((each) => environment[`${each}USERNAME`] !== undefined);
    const at = { scheme: 'mongodb', host, port: portOf(27_017) };
    if (prefix === undefined) return { strings: { connectionString: urlOf({ ...at, path: '/' }) } };
    const [user, password] = [environment[`${prefix}USERNAME`], environment[`${prefix}PASSWORD`]];
    if (user === undefined || password === undefined) return undefined;
    const url = { ...at, user, password, path: '/?authSource=admin' };
    return { user, password, strings: { connectionString: urlOf(url) } };
  },
};
