/** One request to a registry or a token service. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** May hold secrets; never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for all of it, second tries included. */
  readonly limitMs: number;
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
  /** `code` of the system, TLS or undici, e.g. `ECONNREFUSED`; `TIMEOUT` when the limit was reached. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** HTTP through the agent's own proxy and authority. Tries again what may pass: 429, 5xx, broken connections. Never rejects. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
}
