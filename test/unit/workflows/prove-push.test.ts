import assert from 'node:assert/strict';
import { UserError } from '../../../src/core/errors.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import { provePush } from '../../../src/workflows/prove-push.ts';
import { registryAccounts } from '../../../src/workflows/registry-accounts.ts';
import { logIn } from '../../../src/workflows/registry-login.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { answered, fakeHttp } from '../../support/fake-http.ts';
import { basicConnection, connection } from '../../support/registry-connections.ts';

const bearer =
  'Bearer realm="https://my.azurecr.io/oauth2/token",service="my.azurecr.io",scope="repository:x:pull"';
const wantsToken = answered(401, '', { 'www-authenticate': bearer });
const started = answered(202, '', { location: '/v2/shop/orders/blobs/uploads/u1?_state=s' });

const local = connection('c-local', 'UsernamePassword', {
  registry: 'localhost:5000',
  username: 'ci',
  password: 'pw2',
});

async function prove(
  answer: (request: HttpRequest) => HttpOutcome,
  { name = 'my.azurecr.io/shop/orders', config = '{}', ids = ['c1'] } = {},
) {
  const host = new FakeHost({
    connections: [basicConnection, local],
    variables: {
      DOCKER_CONFIG: '/agent',
      'System.CollectionUri': 'https://dev.azure.com/shop/',
      'System.TeamProject': 'my project',
    },
  });
  const files = new FakeFiles({ '/agent/config.json': config });
  const http = fakeHttp(answer);
  const accounts = registryAccounts(ids, host);
  assert.ok(accounts.ok);
  const logins = await logIn(accounts.value, { host, http });
  const names = [name, name];
  const error: unknown = await provePush(
    { names, accounts: accounts.value, logins },
    { host, files, http },
  ).catch((thrown: unknown) => thrown);
  assert.ok(error === undefined || error instanceof UserError, String(error));
  return { host, requests: http.requests, message: error?.message };
}

/** A registry with tokens, which answers an upload with a token like this. */
const withToken =
  (upload: HttpOutcome, token = answered(200, '{"token":"tok-1"}')) =>
  ({ url, headers }: HttpRequest): HttpOutcome => {
    if (url.includes('/oauth2/token')) return token;
    return headers?.['authorization'] === undefined ? wantsToken : upload;
  };

describe('the proof that a push is taken', () => {
  it('is an upload that is started and cancelled, once for each repository', async () => {
    const { requests, message, host } = await prove(withToken(started));
    assert.equal(message, undefined);
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${url}`),
      [
        'POST https://my.azurecr.io/v2/shop/orders/blobs/uploads/',
        'GET https://my.azurecr.io/oauth2/token?service=my.azurecr.io&scope=repository%3Ashop%2Forders%3Apull%2Cpush',
        'POST https://my.azurecr.io/v2/shop/orders/blobs/uploads/',
        'DELETE https://my.azurecr.io/v2/shop/orders/blobs/uploads/u1?_state=s',
      ],
    );
    assert.ok(host.masked.includes('tok-1'));
  });

  it('sends no login to another host than the registry', async () => {
    const elsewhere = answered(202, '', { location: 'https://storage.example/u1' });
    const { requests } = await prove(withToken(elsewhere));
    assert.deepEqual(requests.at(-1)?.headers, {});
  });

  it('does not log in where another host asks for it', async () => {
    const elsewhere = answered(202, '', { location: 'https://storage.example/u1' });
    const { requests } = await prove(({ url }) =>
      url.startsWith('https://storage.example/') ? wantsToken : elsewhere,
    );
    assert.deepEqual(
      requests.map(({ method }) => method),
      ['POST', 'DELETE'],
    );
  });

  it('tries plain HTTP on loopback, and there only', async () => {
    const plain = { kind: 'failed', code: 'EPROTO', message: 'wrong version number' } as const;
    const answer = ({ url }: HttpRequest): HttpOutcome =>
      url.startsWith('https') ? plain : started;
    const onLoopback = await prove(answer, {
      name: 'localhost:5000/shop/orders',
      ids: ['c-local'],
    });
    assert.equal(
      onLoopback.requests[1]?.url,
      'http://localhost:5000/v2/shop/orders/blobs/uploads/',
    );
    const other = await prove(answer);
    assert.equal(other.requests.length, 1);
    assert.match(other.host.lines.at(-1) ?? '', /\[registry."my.azurecr.io"\] with http = true/);
  });
});

describe('a refused push', () => {
  it('fails, naming connection, repository, registry and the words of the registry', async () => {
    const body = '{"errors":[{"code":"DENIED","message":"requested access is denied"}]}';
    const { message } = await prove(withToken(answered(403, body)));
    assert.match(
      message ?? '',
      /Connection c1 may not push to shop\/orders on my.azurecr.io: it answers HTTP 403 \("requested access is denied"\)/,
    );
    assert.ok(
      message?.endsWith(
        'https://dev.azure.com/shop/my%20project/_settings/adminservices?resourceId=c1',
      ),
      message,
    );
  });

  it('fails where the token comes without the right, and where the login is refused', async () => {
    const lacking = await prove(withToken(wantsToken));
    assert.match(lacking.message ?? '', /HTTP 401/);
    const refused = await prove(withToken(started, answered(401)));
    assert.match(refused.message ?? '', /HTTP 401.*Renew its user name and password/);
  });

  it('fails without any login, but not with a login program, which only buildx asks', async () => {
    const none = await prove(() => wantsToken, { name: 'other.io/x' });
    assert.match(none.message ?? '', /other.io wants a login for a push to x, and none/);
    const config = '{"credHelpers":{"other.io":"acr"}}';
    const program = await prove(() => wantsToken, { name: 'other.io/x', config });
    assert.equal(program.message, undefined);
  });
});

describe('a registry that cannot be asked', () => {
  it('is a warning when it answers oddly', async () => {
    for (const status of [404, 405, 429, 500, 503]) {
      const { message, host } = await prove(() => answered(status));
      assert.equal(message, undefined);
      assert.match(host.warnings[0] ?? '', new RegExp(`answers HTTP ${status}`));
    }
  });

  it('is a notice when this agent does not reach it, with what to mend', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['ENOTFOUND', /no error: the BuildKit daemon pushes/],
      ['TIMEOUT', /no error: the BuildKit daemon pushes/],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', /--sslcacert, or NODE_EXTRA_CA_CERTS.*ca = \[/],
    ];
    for (const [code, expected] of cases) {
      const { message, host } = await prove(() => ({ kind: 'failed', code, message: 'm' }));
      assert.equal(message, undefined);
      assert.deepEqual(host.warnings, []);
      assert.match(host.lines.at(-1) ?? '', expected);
    }
  });
});
