/**
 * The addresses at which a registry may answer the agent, in the order to try: HTTPS, and plain HTTP on loopback alone, as
 * docker and BuildKit do.
 */
export function apiAddresses(registry: string): readonly string[] {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
  return isLoopback ? [`https://${host}`, `http://${host}`] : [`https://${host}`];
}

/** Codes of a server that does not speak TLS. */
const plainCodes = new Set([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
]);

export function speaksPlainHttp(code: string): boolean {
  return plainCodes.has(code) || code.startsWith('ERR_SSL_');
}
