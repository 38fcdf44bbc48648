import assert from 'node:assert/strict';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHttp } from '../../src/io/http/node-http.ts';
import { provePush } from '../../src/workflows/prove-push.ts';
import { FakeFiles } from '../support/fake-files.ts';
import { FakeHost } from '../support/fake-host.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const direct = () => Promise.resolve({ proxy: undefined, ca: undefined, checkCertificates: true });

describe('a registry that answers badly, over real HTTP', function () {
  this.timeout(30_000);
  const servers: Server[] = [];
  let asked: string[];

  afterEach(() => {
    servers.splice(0).forEach((server) => {
      server.close();
      server.closeAllConnections();
    });
  });

  /** Asks a server on loopback that answers like this; TLS, which is tried first, it does not speak. */
  async function prove(answer: Answer): Promise<FakeHost> {
    asked = [];
    const listening = createServer((request, response) => {
      asked.push(request.method ?? '');
      answer(request, response);
    });
    servers.push(listening);
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    const host = new FakeHost();
    const http = nodeHttp(new AbortController().signal, direct);
    const names = [`127.0.0.1:${port}/x`];
    await provePush({ names, accounts: [], logins: [] }, { host, files: new FakeFiles(), http });
    return host;
  }

  it('for a moment is asked again, and no one hears of it', async () => {
    for (const status of [429, 500, 503]) {
      const host = await prove((_, response) => {
        response.writeHead(asked.length === 1 ? status : 202).end();
      });
      assert.deepEqual([asked, host.lines], [['POST', 'POST'], []]);
    }
  });

  it('for long is a warning with its status, within seconds', async () => {
    const host = await prove((_, response) => {
      response.writeHead(429, { 'retry-after': '60' }).end();
    });
    assert.match(host.warnings[0] ?? '', /answers HTTP 429\. The build goes on\./);
    assert.equal(asked.length, 3);
  });

  it('by breaking the connection is a notice', async () => {
    const host = await prove((request) => {
      request.socket.destroy();
    });
    assert.match(host.lines.at(-1) ?? '', /This agent cannot ask 127.0.0.1:\d+ .*no error/);
  });

  it('with nonsense is a warning', async () => {
    const host = await prove((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    });
    assert.match(host.warnings[0] ?? '', /answers HTTP 200/);
  });

  it('too slowly is given up', async () => {
    const host = await prove(() => undefined);
    assert.match(host.lines.at(-1) ?? '', /TIMEOUT: no answer within 10 s/);
  });
});
