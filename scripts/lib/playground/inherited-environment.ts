const inherited = [
  ...['PATH', 'HOME', 'LANG', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
];

/**
 * What a daemon sees of our environment: a registry would take every REGISTRY_ variable as configuration,
 * and nobody's secrets belong there.
 */
export function inheritedEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const entries = inherited.map((name) => [name, environment[name]] as const);
  const present = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(present);
}
