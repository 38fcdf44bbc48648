import { TokenSigner } from './signed-tokens.ts';

/** One request, read. */
export interface FakeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The federated identity that the fakes know, as its service connection tells it. */
export const identity = {
  connection: 'c0ffee00-0000-4000-8000-000000000001',
  tenant: '11111111-2222-4333-8444-555555555555',
  clientId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
};

const audience = 'api://AzureADTokenExchange';
const tokenUser = '00000000-0000-0000-0000-000000000000';
const registryAudience = 'https://management.core.windows.net/';

/**
 * FAKES of Azure DevOps' statements, of Entra, and of the token service of an Azure Container Registry. Each checks what the real
 * one checks: who asks, the signature of what it is given, its audience and its end.
 */
export class FakeServices {
  readonly #azureDevOps = new TokenSigner();
  readonly #entra = new TokenSigner();
  readonly #refresh = new TokenSigner();
  readonly registry = new TokenSigner();
  /** What the identity may do in the registry. */
  actions: readonly string[] = ['pull', 'push'];
  /** Set: Entra does not know the federated credential. */
  isUntrusted = false;
  readonly #service: string;

  /** @param service the registry's host and port */
  constructor(service: string) {
    this.#service = service;
  }

  answer(request: FakeRequest): FakeAnswer | undefined {
    if (request.path === '/oidc') return this.#statement(request);
    if (request.path === `/entra/${identity.tenant}/oauth2/v2.0/token`)
      return this.#access(request);
    if (request.path === '/oauth2/exchange') return this.#exchange(request);
    if (request.path === '/oauth2/token') return this.#token(request);
    return undefined;
  }

  #statement({ query, authorization }: FakeRequest): FakeAnswer {
    const asked = query.get('serviceConnectionId');
    if (!/^Bearer .{8,}/.test(authorization)) return { status: 401, body: {} };
    if (asked !== identity.connection) return { status: 404, body: { message: 'no connection' } };
    const claims = { aud: audience, sub: 'sc://org/project/name', iss: 'https://vstoken/org' };
    return { status: 200, body: { oidcToken: this.#azureDevOps.token(claims, 600) } };
  }

  #access({ form }: FakeRequest): FakeAnswer {
    const statement = this.#azureDevOps.claimsOf(form.get('client_assertion') ?? '');
    const isWell =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === identity.clientId &&
      form.get('client_assertion_type')?.endsWith(':jwt-bearer') === true &&
      form.get('scope') === `${registryAudience}/.default` &&
      statement?.['aud'] === audience;
    if (!isWell || this.isUntrusted) {
      const words = 'AADSTS700213: No matching federated identity record found.\r\nTrace ID: 0';
      return { status: 401, body: { error: 'invalid_client', error_description: words } };
    }
    const token = this.#entra.token({ aud: registryAudience, appid: identity.clientId }, 3600);
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: token } };
  }

  #exchange({ form }: FakeRequest): FakeAnswer {
    const access = this.#entra.claimsOf(form.get('access_token') ?? '');
    const isWell =
      form.get('grant_type') === 'access_token' &&
      form.get('service') === this.#service &&
      form.get('tenant') === identity.tenant &&
      access?.['aud'] === registryAudience;
    if (!isWell) return unauthorized();
    const claims = { aud: this.#service, sub: identity.clientId, grant_type: 'refresh_token' };
    return { status: 200, body: { refresh_token: this.#refresh.token(claims, 3 * 3600) } };
  }

  #token(request: FakeRequest): FakeAnswer {
    const { query, form } = request;
    if (this.#refresh.claimsOf(passwordOf(request)) === undefined) return unauthorized();
    const scopes = [...query.getAll('scope'), ...form.getAll('scope')].flatMap((s) => s.split(' '));
    const access = scopes.flatMap((scope) => {
      if (scope === 'registry:catalog:*') {
        return [{ type: 'registry', name: 'catalog', actions: ['*'] }];
      }
      const [, name, asked] = /^repository:(.+):([a-z,*]+)$/.exec(scope) ?? [];
      const actions = asked?.split(',').filter((one) => this.actions.includes(one));
      return name === undefined ? [] : [{ type: 'repository', name, actions }];
    });
    const claims = { iss: 'fake-acr', aud: this.#service, sub: identity.clientId, access };
    const token = this.registry.token(claims, 300);
    return { status: 200, body: { access_token: token, token } };
  }
}

function unauthorized(): FakeAnswer {
  const message = 'authentication required, visit https://aka.ms/acr/authorization';
  return { status: 401, body: { errors: [{ code: 'UNAUTHORIZED', message }] } };
}

/** By Basic, or by the forms of OAuth 2 (distribution, docs/spec/auth/oauth.md). */
function passwordOf({ authorization, form }: FakeRequest): string {
  const [, basic = ''] = /^Basic (.+)$/.exec(authorization) ?? [];
  const [user, password = ''] = Buffer.from(basic, 'base64').toString().split(':');
  if (user === tokenUser) return password;
  if (form.get('grant_type') === 'refresh_token') return form.get('refresh_token') ?? '';
  return form.get('username') === tokenUser ? (form.get('password') ?? '') : '';
}
