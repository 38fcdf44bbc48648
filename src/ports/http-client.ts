/** One request to a registry or a token service. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly url: string;
  /** May hold secrets; never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for all of it, second tries included. */
  readonly limitMs: number;
  /** Instead of what this agent trusts by itself. */
  readonly trust?: Trust;
}

/** Which certificate of a server is good. */
export interface Trust {
  /** False: every one. */
  readonly checkCertificates: boolean;
  /** PEM text of an authority that counts beside the usual ones. */
  readonly ca?: string;
  /** The name that it must be for, when that is not the host of the URL. */
  readonly serverName?: string;
}

export type HttpOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string>>;
      /** Text; at most the first 1 MiB. */
      readonly body: string;
    }
  /** `code` of the system or TLS, e.g. `ECONNREFUSED`; `TIMEOUT` when the limit was reached. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** HTTP through the agent's own proxy and authority. Tries again what may pass: 429, 5xx, broken connections. Never rejects. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
}
