import { queryOf, urlOf } from './connection-text.ts';
import type { Preset, Server } from './preset.ts';

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
  connection: (server) => {
    const { environment, host, portOf } = server;
    const prefix = prefixes.find((each) => environment[`${each}USERNAME`] !== undefined);
    const at = { scheme: 'mongodb', host, port: portOf(27_017) };
    const directConnection = isBeside(server) ? 'true' : undefined;
    if (prefix === undefined) {
      const path = `/${queryOf({ directConnection })}`;
      return { strings: { connectionString: urlOf({ ...at, path }) } };
    }
    const [user, password] = [environment[`${prefix}USERNAME`], environment[`${prefix}PASSWORD`]];
    if (user === undefined || password === undefined) return undefined;
    const path = `/${queryOf({ authSource: 'admin', directConnection })}`;
    const url = { ...at, user, password, path };
    return { user, password, strings: { connectionString: urlOf(url) } };
  },
};

/**
 * Whether the client stands beside the network of a replica set: a driver goes on to the members that the set
 * tells, whose names only the network knows (mongodb.com, Connection Strings, directConnection).
 */
function isBeside({ command, isPeer }: Server): boolean {
  return !isPeer && /--replSet\b/.test(command.join(' '));
}
