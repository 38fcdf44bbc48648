import { isImageName, registryOf } from '../image/reference.ts';

/** One login, ready to be written to a docker config.json. */
export interface RegistryLogin {
  /** Host and port, e.g. my.azurecr.io or localhost:5000; docker.io for Docker Hub. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
  /** When it ends by itself, milliseconds since the epoch; undefined: it does not say. */
  readonly expiresAtMs?: number;
}

/** The part of docker's config.json that says who logs in where (docker/cli config/configfile/file.go). */
type AuthConfig = Readonly<Record<string, unknown>>;

const dockerHubKey = 'https://index.docker.io/v1/';
const dockerHubHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com'];

/**
 * The host a connection's registry field means: people write a host, a URL or Docker Hub's v1 address.
 * Undefined when it is none of them.
 */
export function registryHost(text: string): string | undefined {
  const host =
    text
      .trim()
      .replace(/^https?:\/\//, '')
      .split('/')[0] ?? '';
  if (dockerHubHosts.includes(host.toLowerCase())) return 'docker.io';
  const name = `${host.toLowerCase()}/x`;
  return isImageName(name) && registryOf(name) !== 'docker.io' ? registryOf(name) : undefined;
}

/** What stands in config.json for a login, to be masked like the password it holds. */
export function encodedAuth({
  username,
  password,
}: Pick<RegistryLogin, 'username' | 'password'>): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/**
 * The text of a config.json with our logins over those of the agent's own one (`existing`, its text).
 * A credential helper would win over a login of ours, so it is switched off for those registries.
 */
export function authConfig(logins: readonly RegistryLogin[], existing?: string): string {
  const base = parseConfig(existing);
  const keys = logins.map(({ registry }) => configKey(registry));
  const auths = Object.fromEntries(
    logins.map((login) => [configKey(login.registry), { auth: encodedAuth(login) }]),
  );
  const helpers = helpersWithout(keys, base);
  return `${JSON.stringify({
    ...base,
    auths: { ...section(base, 'auths'), ...auths },
    credHelpers: Object.keys(helpers).length > 0 ? helpers : undefined,
  })}\n`;
}

/** An empty helper means the file itself, which is needed only where a store for all is set. */
function helpersWithout(keys: readonly string[], base: AuthConfig): Record<string, unknown> {
  const kept = Object.entries(section(base, 'credHelpers')).filter(([key]) => !keys.includes(key));
  const off = typeof base['credsStore'] === 'string' ? keys.map((key) => [key, ''] as const) : [];
  return Object.fromEntries([...kept, ...off]);
}

/** As config.json calls a registry. */
export function configKey(registry: string): string {
  return registry === 'docker.io' ? dockerHubKey : registry;
}

/** What is not JSON cannot log anybody in, here or elsewhere: it counts as empty. */
function parseConfig(text: string | undefined): AuthConfig {
  try {
    return asObject(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function section(config: AuthConfig, name: string): AuthConfig {
  return asObject(config[name]);
}

function asObject(value: unknown): AuthConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as AuthConfig)
    : {};
}
