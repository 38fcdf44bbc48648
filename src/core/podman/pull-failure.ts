const passing =
  /i\/o timeout|TLS handshake timeout|connection re(fused|set)|unexpected EOF|: EOF|no route to host|network is unreachable|temporary failure|server misbehaving|too many requests|\b(429|50[0234])\b|bad gateway|service unavailable|gateway timeout|internal server error/i;
const lasting = /unauthorized|denied|manifest unknown|name unknown|not found|x509/i;

/** True when the same pull may well succeed a little later. */
export function isPassing(stderr: string): boolean {
  return passing.test(stderr) && !lasting.test(stderr);
}
