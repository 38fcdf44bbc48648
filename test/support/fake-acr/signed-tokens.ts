import { type KeyObject, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';

/** Signs JSON web tokens (RFC 7519, ES256) with a key of its own. */
export class TokenSigner {
  readonly #id = randomUUID();
  readonly #keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

  constructor() {
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** The public key as a JSON web key set (RFC 7517), for those who check. */
  get keySet(): string {
    const key = this.#keys.publicKey.export({ format: 'jwk' });
    return JSON.stringify({ keys: [{ ...key, kid: this.#id, alg: 'ES256', use: 'sig' }] });
  }

  token(claims: Readonly<Record<string, unknown>>, lifetimeSeconds: number): string {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 5, exp: now + lifetimeSeconds, jti: randomUUID() };
    const head = encoded({ alg: 'ES256', typ: 'JWT', kid: this.#id });
    const text = `${head}.${encoded({ ...times, ...claims })}`;
    const options = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${text}.${sign('sha256', Buffer.from(text), options).toString('base64url')}`;
  }

  /** The claims of a token of ours that has not ended; undefined for any other text. */
  claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
    const [head = '', body = '', signature = ''] = token.split('.');
    const options = { key: this.#keys.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    const bytes = Buffer.from(signature, 'base64url');
    if (!verify('sha256', Buffer.from(`${head}.${body}`), options, bytes)) return undefined;
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp: number };
    return claims.exp * 1000 > Date.now() ? { ...claims } : undefined;
  }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
