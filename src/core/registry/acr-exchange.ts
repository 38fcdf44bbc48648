import * as v from 'valibot';
import type { FederatedAccount } from './account.ts';

/** The user that a registry of Azure takes a refresh token from, as its password. */
export const tokenUser = '00000000-0000-0000-0000-000000000000';

/** A form to be posted. */
export interface TokenRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Azure DevOps: a statement that this job may use the connection (`System.OidcRequestUri`). */
export function statementRequest(uri: string, connection: string, jobToken: string): TokenRequest {
  const url = new URL(uri);
  url.searchParams.set('api-version', '7.1');
  url.searchParams.set('serviceConnectionId', connection);
  const headers = { authorization: `Bearer ${jobToken}`, 'content-type': 'application/json' };
  return { url: url.toString(), headers, body: '' };
}

/** Entra: the statement for an access token (Microsoft identity platform, client credentials with a federated credential). */
export function accessRequest(account: FederatedAccount, statement: string): TokenRequest {
  const { authority, tenant, clientId, resource } = account;
  return {
    url: `${authority}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    headers: form,
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: statement,
      scope: `${resource}/.default`,
    }).toString(),
  };
}

/** The registry: the access token for a refresh token of its own (Azure/acr, docs/AAD-OAuth.md). */
export function refreshRequest(
  { registry, tenant }: Pick<FederatedAccount, 'registry' | 'tenant'>,
  accessToken: string,
): TokenRequest {
  return {
    url: `https://${registry}/oauth2/exchange`,
    headers: form,
    body: new URLSearchParams({
      grant_type: 'access_token',
      service: registry,
      tenant,
      access_token: accessToken,
    }).toString(),
  };
}

const answerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    oidcToken: v.optional(v.string()),
    access_token: v.optional(v.string()),
    refresh_token: v.optional(v.string()),
    token: v.optional(v.string()),
    error: v.optional(v.string()),
    error_description: v.optional(v.string()),
    message: v.optional(v.string()),
    errors: v.optional(v.array(v.object({ message: v.optional(v.string()) }))),
  }),
);

export type TokenField = 'oidcToken' | 'access_token' | 'refresh_token' | 'token';

/** A token of an answer; undefined when it has none. */
export function tokenIn(body: string, field: TokenField): string | undefined {
  const result = v.safeParse(answerSchema, body);
  return result.success ? result.output[field] : undefined;
}

/** What an answer says of its refusal, in one line; '' when it says nothing. */
export function refusalIn(body: string): string {
  const result = v.safeParse(answerSchema, body);
  if (!result.success) return '';
  const { error, error_description: description, message, errors } = result.output;
  const text = description ?? message ?? errors?.[0]?.message ?? error ?? '';
  return text.split(/\r?\n/)[0]?.slice(0, 300) ?? '';
}

const claims = v.pipe(v.string(), v.parseJson(), v.object({ exp: v.number() }));

/** When a JSON web token ends (RFC 7519, `exp`), milliseconds since the epoch; undefined when it does not say. */
export function expiryOf(token: string): number | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const result = v.safeParse(claims, payload);
  return result.success ? result.output.exp * 1000 : undefined;
}
