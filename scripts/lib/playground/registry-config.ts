import { stringify } from 'yaml';

/** What distinguishes one registry of ours from another. */
export interface RegistrySettings {
  readonly port: number;
  readonly storageDir: string;
  /** htpasswd file with bcrypt entries. */
  readonly passwordFile?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** False: deletes nothing, as a registry does that nobody has told to. */
  readonly deletes?: boolean;
  /** Refuses every push. */
  readonly readOnly?: boolean;
  /** Pull-through proxy of this registry. */
  readonly remoteUrl?: string;
}

/** The configuration file of `registry serve` (distribution, docs/content/about/configuration.md). */
export function registryConfig(settings: RegistrySettings): string {
  const { port, storageDir, passwordFile, tls, readOnly, remoteUrl, deletes } = settings;
  return stringify({
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: false } },
    storage: {
      filesystem: { rootdirectory: storageDir },
      delete: { enabled: deletes ?? true },
      maintenance: { uploadpurging: { enabled: false }, readonly: { enabled: readOnly ?? false } },
    },
    http: { addr: `127.0.0.1:${port}`, ...(tls === undefined ? {} : { tls }) },
    ...(passwordFile === undefined
      ? {}
      : { auth: { htpasswd: { realm: 'playground', path: passwordFile } } }),
    // A time to live of 0 keeps what was pulled: the default wipes it after a week.
    ...(remoteUrl === undefined ? {} : { proxy: { remoteurl: remoteUrl, ttl: '0' } }),
  });
}
