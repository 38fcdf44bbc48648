import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import { registryAccounts } from '../../../src/workflows/registry-accounts.ts';
import { logIn, saveLogins } from '../../../src/workflows/registry-login.ts';
import { loginRenewal } from '../../../src/workflows/renew-logins.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { type FakeHttp, answered, fakeHttp } from '../../support/fake-http.ts';
import { fakeRunner } from '../../support/fake-runner.ts';
import {
  basicConnection,
  federatedConnection,
  jobConnection,
} from '../../support/registry-connections.ts';

const oidcUri = 'https://dev.azure.com/shop/p/_apis/oidc';

const hostOf = (): FakeHost =>
  new FakeHost({
    connections: [basicConnection, federatedConnection, jobConnection],
    variables: { DOCKER_CONFIG: '/agent/docker', 'System.OidcRequestUri': oidcUri },
  });

/** A JSON web token that ends then. */
const tokenUntil = (seconds: number): string =>
  ['h', Buffer.from(JSON.stringify({ exp: seconds })).toString('base64url'), 's'].join('.');

/** The three services, each of which hands out its token. */
const services =
  (refreshToken: string) =>
  ({ url }: HttpRequest): HttpOutcome => {
    if (url.startsWith(oidcUri)) return answered(200, '{"oidcToken":"statement-1"}');
    if (url.includes('/oauth2/v2.0/')) return answered(200, '{"access_token":"access-1"}');
    return answered(200, JSON.stringify({ refresh_token: refreshToken }));
  };

const accountsOf = (host: FakeHost, ...ids: readonly string[]) => {
  const accounts = registryAccounts(ids, host);
  assert.ok(accounts.ok);
  return accounts.value;
};

const problemOf = async (http: FakeHttp, host = hostOf()): Promise<string> => {
  const error: unknown = await logIn(accountsOf(host, 'c-federated'), { host, http }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UserError, String(error));
  return error.message;
};

describe('logging in to a registry', () => {
  it('writes a file only its owner reads, over the logins of the agent itself', async () => {
    const host = hostOf();
    const files = new FakeFiles({ '/agent/docker/config.json': '{"auths":{"b.io":{"auth":"x"}}}' });
    const http = fakeHttp();
    const logins = await logIn(accountsOf(host, 'c1'), { host, http });
    const access = await saveLogins(logins, '/agent/_temp/private', { host, files });
    assert.equal(access.file, '/agent/_temp/private/config.json');
    assert.equal(files.entries.get(access.file)?.mode, 0o600);
    const text = files.entries.get(access.file)?.text ?? '';
    const { auths } = JSON.parse(text) as { auths: object };
    assert.deepEqual(Object.keys(auths), ['b.io', 'my.azurecr.io']);
    assert.deepEqual(http.requests, []);
  });

  it('by federation changes a statement for a token, that for a refresh token, each masked', async () => {
    const host = hostOf();
    const http = fakeHttp(services('refresh-1'));
    const [login] = await logIn(accountsOf(host, 'c-federated'), { host, http });
    assert.equal(login?.registry, 'shop.azurecr.io');
    assert.equal(login.username, '00000000-0000-0000-0000-000000000000');
    assert.equal(login.password, 'refresh-1');
    const [statement, access, exchange] = http.requests;
    assert.equal(statement?.url, `${oidcUri}?api-version=7.1&serviceConnectionId=c-federated`);
    assert.equal(statement.headers?.['authorization'], 'Bearer job-tok');
    assert.equal(access?.url, 'https://login.microsoftonline.com/t-1/oauth2/v2.0/token');
    const form = new URLSearchParams(access.body);
    assert.equal(form.get('client_assertion'), 'statement-1');
    assert.equal(form.get('scope'), 'https://management.core.windows.net//.default');
    assert.equal(exchange?.url, 'https://shop.azurecr.io/oauth2/exchange');
    assert.equal(new URLSearchParams(exchange.body).get('access_token'), 'access-1');
    for (const token of ['statement-1', 'access-1', 'refresh-1'])
      assert.ok(host.masked.includes(token), token);
  });

  it('says who gave no token, and in which words', async () => {
    const entra = await problemOf(
      fakeHttp(({ url }) =>
        url.includes('/v2.0/')
          ? answered(400, '{"error":"x","error_description":"AADSTS70021: no match\\r\\nTrace: 1"}')
          : answered(200, '{"oidcToken":"s-1"}'),
      ),
    );
    assert.match(entra, /c-federated cannot log in to shop.azurecr.io: Entra .*AADSTS70021: no m/);
    assert.match(entra, /federated credential/);
    assert.ok(!entra.includes('Trace'));
    const down = { kind: 'failed', code: 'ENOTFOUND', message: 'no such host' } as const;
    assert.match(await problemOf(fakeHttp(() => down)), /Azure DevOps gives no token \(ENOTFOUND/);
    const acr = fakeHttp((request) =>
      request.url.includes('/exchange') ? answered(403) : services('')(request),
    );
    assert.match(await problemOf(acr), /shop.azurecr.io gives no token \(HTTP 403\).*AcrPush/);
    const bare = new FakeHost({ connections: [federatedConnection] });
    assert.match(await problemOf(fakeHttp(), bare), /System.OidcRequestUri/);
  });
});

describe('a login that ends soon', () => {
  const renewal = async (startMs: number) => {
    const host = hostOf();
    const ports = {
      ...{
        host,
        files: new FakeFiles(),
        clock: fakeClock(startMs),
        commands: fakeRunner(() => undefined),
      },
      ...{ http: fakeHttp(services(tokenUntil(10_000))), cancellation: AbortSignal.any([]) },
    };
    const accounts = accountsOf(host, 'c-federated');
    const logins = await logIn(accounts, ports);
    return { ports, renew: loginRenewal(accounts, logins, '/private', ports) };
  };

  it('is renewed in its file before it is used again', async () => {
    const { ports, renew } = await renewal(9_500_000);
    await renew();
    assert.equal(ports.http.requests.length, 6);
    assert.ok(ports.files.entries.has('/private/config.json'));
  });

  it('is left alone while it lasts', async () => {
    const { ports, renew } = await renewal(0);
    await renew();
    assert.equal(ports.http.requests.length, 3);
  });
});
