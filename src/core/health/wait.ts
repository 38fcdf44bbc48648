/** What else than a health check can tell that a service is ready; all that is said must hold. */
export interface Wait {
  /** Ports of the container that must be listened on. */
  readonly tcp?: readonly number[];
  readonly http?: HttpWait;
  readonly log?: LogWait;
  /** A script for the container's shell that exits with 0. */
  readonly shell?: string;
  /** Instead of the input waitTimeout. */
  readonly timeoutMs?: number;
}

/** Asked from the agent, at the published port. */
export interface HttpWait {
  /** Of the container. */
  readonly port: number;
  /** With its query, from `/`. */
  readonly path: string;
  /** The one good answer; absent: any from 200 to 399. */
  readonly status?: number;
  /** Absent: plain HTTP. */
  readonly tls?: TlsWait;
}

/** Which certificate is good: by default one that the agent trusts, for `localhost`. */
export interface TlsWait {
  /** True: every one. */
  readonly insecure: boolean;
  /** Absolute path of a PEM file with the authority. */
  readonly ca?: string;
  /** The name in the certificate. */
  readonly serverName?: string;
}

export interface LogWait {
  /** A regular expression for one line. */
  readonly pattern: string;
  /** Lines that must match. */
  readonly times: number;
}

/** e.g. `it listens on 5432`; for a line of the log. */
export function describeWait({ tcp, http, log, shell }: Wait): string {
  return [
    ...(tcp === undefined ? [] : [`it listens on ${tcp.join(' and ')}`]),
    ...(http === undefined ? [] : [describeHttp(http)]),
    ...(log === undefined ? [] : [describeLog(log)]),
    ...(shell === undefined ? [] : [`"${shell}" succeeds in it`]),
  ].join(' and ');
}

export function describeHttp({ port, path, status, tls }: HttpWait): string {
  const by = tls === undefined ? '' : ' by HTTPS';
  return `GET ${path} on port ${port}${by} answers ${status ?? 'with 200 to 399'}`;
}

export function describeLog({ pattern, times }: LogWait): string {
  return `its log has ${times === 1 ? 'a line' : `${times} lines`} like "${pattern}"`;
}
