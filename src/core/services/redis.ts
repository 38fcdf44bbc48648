import { urlOf } from './connection-text.ts';
import type { Preset, Server } from './preset.ts';

/** Whoever asks for a password is there, too. */
const ping = (program: string): string => `${program} ping | grep -qE "PONG|NOAUTH"`;

export const redis: Preset = {
  image: 'docker.io/library/redis:7.4',
  alike: ['redis', 'redis-stack', 'redis-stack-server'],
  ports: [6379],
  environment: () => ({}),
  wait: () => ({ shell: ping('redis-cli') }),
  connection: (server) => {
    const at = { scheme: 'redis', host: server.host, port: server.portOf(6379) };
    const said = requiredPassword(server);
    if (said === undefined) return { strings: { connectionString: urlOf(at) } };
    const password = filled(said, server.environment);
    if (password === undefined) return undefined;
    // Every client takes a name; without it redis-cli logs in as nobody.
    const login = { user: 'default', password };
    return { ...login, strings: { connectionString: urlOf({ ...at, ...login }) } };
  },
};

export const valkey: Preset = {
  ...redis,
  image: 'docker.io/valkey/valkey:8',
  alike: ['valkey', 'valkey-bundle'],
  wait: () => ({ shell: ping('valkey-cli') }),
};

/** Options that images take as a variable (redis-stack, Valkey's docker-entrypoint.sh). */
const optionVariables = ['REDIS_ARGS', 'VALKEY_EXTRA_FLAGS'];

/** The word after `--requirepass`, which is an argument of its own or stands in a script. */
function requiredPassword({ command, environment }: Server): string | undefined {
  const own = command.indexOf('--requirepass');
  if (own >= 0) return command[own + 1];
  const scripts = [...command, ...optionVariables.map((name) => environment[name] ?? '')];
  const found = /--requirepass[ =]+(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(scripts.join(' '));
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** As the container's shell reads it; undefined: only it knows. */
function filled(word: string, environment: Server['environment']): string | undefined {
  if (!word.includes('$')) return word;
  const [, name = ''] = /^\$\{?(\w+)\}?$/.exec(word) ?? [];
  return environment[name];
}
