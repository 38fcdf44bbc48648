/** What a TLS connection to a daemon needs; all PEM. */
export interface TlsMaterial {
  /** The authorities that may have signed the daemon's certificate; the system's own are never used. */
  readonly ca: string;
  /** The client's pair for mutual TLS. */
  readonly client?: { readonly cert: string; readonly key: string };
  /** The name to look for in the daemon's certificate, instead of the endpoint's host. */
  readonly serverName?: string;
}

/** Where one PEM comes from. */
export type PemSource =
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Its name in the library, where it is a secure file. */
      readonly secureFile?: string;
    }
  | { readonly kind: 'text'; readonly pem: string };

/** The TLS inputs, not read yet. */
export interface TlsSources {
  readonly ca: PemSource;
  readonly client?: { readonly cert: PemSource; readonly key: PemSource };
  readonly serverName?: string;
}
