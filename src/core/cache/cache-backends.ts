/** What a kind of cache knows (BuildKit 0.32, cache/remotecache; docs.docker.com/build/cache/backends). */
interface BackendRules {
  /** Attributes for reading; undefined where it cannot be read under this type. */
  readonly from: readonly string[] | undefined;
  readonly to: readonly string[];
  readonly needs: (where: 'cacheFrom' | 'cacheTo') => readonly string[];
  /** Where its secrets belong, as buildx and the daemon find them without an argument. */
  readonly secretCure: string;
}

const written = ['mode', 'ignore-error'];
const packed = [...written, 'compression', 'compression-level', 'force-compression'];
const manifest = ['image-manifest', 'oci-mediatypes'];
const prefixes = ['name', 'prefix', 'blobs_prefix', 'manifests_prefix'];
const gha = ['url', 'url_v2', 'scope', 'timeout', 'repository', 'version'];
const s3 = [
  ...['bucket', 'region', ...prefixes, 'endpoint_url', 'use_path_style', 'touch_refresh'],
  ...['upload_parallelism', 'disable_accept_encoding', 'retry_mode', 'retry_max_attempts'],
];
const azblob = ['account_url', 'account_name', 'container', ...prefixes];

export const backends = {
  registry: {
    from: ['ref', 'registry.insecure'],
    to: ['ref', 'registry.insecure', ...packed, ...manifest],
    needs: () => ['ref'],
    secretCure: 'Log in with a connection in "registries".',
  },
  inline: {
    from: undefined,
    to: ['ignore-error'],
    needs: () => [],
    secretCure: 'Remove it: this kind needs none.',
  },
  local: {
    from: ['src', 'tag', 'digest'],
    to: ['dest', 'tag', 'reset', ...packed, ...manifest],
    needs: (where) => [where === 'cacheFrom' ? 'src' : 'dest'],
    secretCure: 'Remove it: this kind needs none.',
  },
  gha: {
    from: gha,
    to: [...gha, ...written],
    needs: () => [],
    secretCure: 'Set ACTIONS_RUNTIME_TOKEN in the "env" of this step, where buildx finds it.',
  },
  s3: {
    from: s3,
    to: [...s3, ...packed],
    needs: () => ['bucket', 'region'],
    secretCure:
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the "env" of this step, where buildx finds them, or give the BuildKit daemon a role.',
  },
  azblob: {
    from: azblob,
    to: [...azblob, ...packed],
    needs: () => ['account_url'],
    secretCure:
      'Give the BuildKit daemon a managed or workload identity that may use the container.',
  },
} as const satisfies Readonly<Record<string, BackendRules>>;

export type CacheBackend = keyof typeof backends;

/** Their values are secrets whatever they look like. */
export const secretKeys: ReadonlySet<string> = new Set([
  ...['token', 'ghtoken', 'access_key_id', 'secret_access_key', 'session_token'],
]);

export function isBackend(type: string): type is CacheBackend {
  return Object.hasOwn(backends, type);
}
