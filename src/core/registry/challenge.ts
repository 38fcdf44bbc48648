/** How a registry wants to be logged in to (RFC 9110, 11.6.1; distribution, docs/spec/auth/token.md). */
export type Challenge =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: string; readonly service: string | undefined };

/** Of the header WWW-Authenticate, which may hold several; a token is preferred. Undefined: neither of both. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const text = header ?? '';
  const bearer = /\bbearer\s+(.*)/is.exec(text)?.[1];
  const realm = bearer === undefined ? undefined : parameter(bearer, 'realm');
  if (bearer !== undefined && realm !== undefined && URL.canParse(realm)) {
    return { kind: 'bearer', realm, service: parameter(bearer, 'service') };
  }
  return /\bbasic\b/i.test(text) ? { kind: 'basic' } : undefined;
}

/** Where a token is asked for. @param scope what it is to permit, e.g. `repository:shop/orders:pull,push` */
export function tokenUrl(
  { realm, service }: Extract<Challenge, { readonly kind: 'bearer' }>,
  scope: string,
): string {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  return url.toString();
}

function parameter(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(text)?.[1];
}
