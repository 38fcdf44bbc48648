/**
 * How a registry that is busy, restarts or cannot be reached shows in the errors of Go programs, which containerd and
 * containers/image pass on as they are (net, net/http, crypto/tls). A connection that is cut while a body is sent is,
 * by chance, a reset, a broken pipe or the use of a closed connection.
 */
const passing = new RegExp(
  [
    /\b(429|500|502|503|504)\b|too many requests|toomanyrequests/,
    /internal server error|bad gateway|service unavailable|gateway time-?out/,
    /connection re(set|fused)|broken pipe|use of closed network connection|server closed idle connection/,
    /unexpected EOF|: EOF(?=$|[\s)"])|http2: (server sent GOAWAY|client connection lost|stream closed)|stream error/,
    /i\/o timeout|connection timed out|TLS handshake timeout|timeout awaiting response headers|exceeded while awaiting headers/,
    /no route to host|network is unreachable|temporary failure|server misbehaving/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

const lasting = /\b(401|403)\b|denied|unauthorized|manifest unknown|name unknown|x509/i;

/** Whether the same request may well succeed a little later, judged by what the program said of it. */
export function isPassingFailure(said: string): boolean {
  return passing.test(said) && !lasting.test(said);
}
