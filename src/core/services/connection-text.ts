/** The login and address of a server, ready to be written as a URL. */
export interface UrlParts {
  readonly scheme: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly host: string;
  readonly port: number;
  /** From `/`, with its query. */
  readonly path?: string;
}

/** `scheme://user:password@host:port/path`, the login percent-encoded (RFC 3986, 3.2.1). */
export function urlOf({ scheme, user, password, host, port, path = '' }: UrlParts): string {
  const login = [user, password].flatMap((part) => (part === undefined ? [] : [encoded(part)]));
  const before = login.length === 0 ? '' : `${login.join(':')}@`;
  const address = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${before}${address}:${port}${path}`;
}

/** `?user=…&password=…`, as JDBC drivers read it; what is undefined is left out. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = given(values).map(([name, value]) => `${name}=${encoded(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/**
 * `Host=db;Password="a;b"`: pairs as .NET's DbConnectionStringBuilder writes them, in quotes where a value
 * holds `;`, a quote, or a blank at an end.
 */
export function pairsOf(values: Readonly<Record<string, string | undefined>>): string {
  return given(values)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(';');
}

function given(
  values: Readonly<Record<string, string | undefined>>,
): readonly (readonly [string, string])[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}

function quoted(value: string): string {
  if (!/[;"']|^\s|\s$|^=/.test(value)) return value;
  if (!value.includes('"')) return `"${value}"`;
  return value.includes("'") ? `"${value.replaceAll('"', '""')}"` : `'${value}'`;
}

/** encodeURIComponent leaves some characters that end or split a login in careless parsers. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
