import assert from 'node:assert/strict';
import { contentDigest } from '../../../src/core/image/content-digest.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import { manifestReader } from '../../../src/workflows/read-manifest.ts';
import { FakeHost } from '../../support/fake-host.ts';
import { answered, fakeHttp } from '../../support/fake-http.ts';

const text = '{"manifests":[]}';
const digest = contentDigest(text);
const auth = Buffer.from('ci:pw').toString('base64');
const config = JSON.stringify({ auths: { 'my.azurecr.io': { auth } } });
const challenge = 'Bearer realm="https://my.azurecr.io/oauth2/token",service="my.azurecr.io"';

const withToken = ({ url, headers }: HttpRequest): HttpOutcome => {
  if (url.includes('/oauth2/token')) return answered(200, '{"token":"tok-1"}');
  const isKnown = headers?.['authorization'] === 'Bearer tok-1';
  return isKnown ? answered(200, text) : answered(401, '', { 'www-authenticate': challenge });
};

describe('the manifest of a pushed image', () => {
  it('is read from its registry with the login that pushed it, which asks for one token', async () => {
    const http = fakeHttp(withToken);
    const host = new FakeHost();
    const read = manifestReader('my.azurecr.io/shop/orders', config, { host, http });
    assert.deepEqual([await read(digest), await read(digest)], [text, text]);
    assert.deepEqual(
      http.requests.map(({ url }) => new URL(url).pathname),
      [
        ...[`/v2/shop/orders/manifests/${digest}`, '/oauth2/token'],
        ...[`/v2/shop/orders/manifests/${digest}`, `/v2/shop/orders/manifests/${digest}`],
      ],
    );
    assert.deepEqual(host.masked, ['tok-1']);
  });

  it('is asked for as an index or an image, of OCI or of Docker', async () => {
    const http = fakeHttp(() => answered(200, text));
    await manifestReader('localhost:5000/x', '{}', { host: new FakeHost(), http })(digest);
    assert.match(http.requests[0]?.headers?.['accept'] ?? '', /oci\.image\.index.*manifest\.list/);
  });

  it('is not believed when its digest is another one', async () => {
    const http = fakeHttp(() => answered(200, '{"manifests":[1]}'));
    const read = manifestReader('localhost:5000/x', '{}', { host: new FakeHost(), http });
    assert.equal(await read(digest), undefined);
  });

  it('stays unknown when only a program of the agent has the login', async () => {
    const http = fakeHttp(withToken);
    const stored = JSON.stringify({ credsStore: 'acr-env' });
    const read = manifestReader('my.azurecr.io/shop/orders', stored, {
      ...{ host: new FakeHost(), http },
    });
    assert.equal(await read(digest), undefined);
  });
});
