import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { nodeHttp } from '../../src/io/http/node-http.ts';
import type { HttpOutcome } from '../../src/ports/http-client.ts';
import { type KeyPair, createAuthority, issue } from '../../scripts/lib/playground/certificates.ts';
import { type TunnelProxy, startProxy } from '../support/tunnel-proxy.ts';

/** Real servers on loopback; the registry's name is known to the proxy alone. */
describe('requests through the proxy of the agent', () => {
  let authority: KeyPair;
  let registry: Server;
  let address: string;
  let proxy: TunnelProxy;

  before(async () => {
    authority = await createAuthority('Test CA');
    const pair = await issue('registry', 'serverAuth', authority, 'registry.test');
    registry = createServer(pair, (request, response) => {
      response.writeHead(202).end(request.method);
    });
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
    address = `registry.test:${(registry.address() as AddressInfo).port}`;
    proxy = await startProxy('ci:pass');
  });

  after(() => {
    registry.close();
    registry.closeAllConnections();
    proxy.close();
  });

  function ask(url: string, credentials = 'ci:pass', ca: string | undefined = authority.cert) {
    const route = { proxy: proxy.url.replace('//', `//${credentials}@`), ca };
    const client = nodeHttp(new AbortController().signal, () =>
      Promise.resolve({ ...route, checkCertificates: true }),
    );
    return (): Promise<HttpOutcome> => client.send({ method: 'POST', url, limitMs: 5_000 });
  }

  it("log in to it, trust the agent's authority, and share one tunnel", async () => {
    const send = ask(`https://${address}/v2/`);
    const answers = [await send(), await send()];
    assert.deepEqual(
      answers.map((answer) => answer.kind === 'answered' && [answer.status, answer.body]),
      [
        [202, 'POST'],
        [202, 'POST'],
      ],
    );
    assert.deepEqual(proxy.tunnels, [address]);
  });

  it('do not trust an authority that nobody named', async () => {
    const answer = await ask(`https://${address}/v2/`, 'ci:pass', '')();
    assert.equal(answer.kind === 'failed' && answer.code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('tell the status of a proxy that refuses them', async () => {
    const answer = await ask(`https://${address}/v2/`, 'ci:wrong')();
    assert.equal(answer.kind === 'answered' && answer.status, 407);
  });

  it('over plain HTTP need no tunnel', async () => {
    const answer = await ask('http://collection.test/oidc')();
    assert.equal(answer.kind === 'answered' && answer.body, 'from the proxy');
    assert.deepEqual(proxy.asked, ['http://collection.test/oidc']);
  });

  it("to the agent's own loopback go directly", async () => {
    const before = proxy.tunnels.length;
    const answer = await ask(`https://${address.replace('registry.test', '127.0.0.1')}/v2/`)();
    assert.equal(answer.kind === 'answered' && answer.status, 202);
    assert.equal(proxy.tunnels.length, before);
  });
});
