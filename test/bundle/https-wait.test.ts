import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { environmentRoute } from '../../src/io/http/environment-route.ts';
import { nodeHttp } from '../../src/io/http/node-http.ts';
import { startServices } from '../../tasks/PodmanServices/start-services.ts';
import { createAuthority, issue } from '../../scripts/lib/playground/certificates.ts';
import { containerJson } from '../support/fake-podman.ts';
import { type FakeStep, fakeStep, servicesInputs } from '../support/services-step.ts';

/** A real server with TLS on loopback stands where the service's port is published. */
describe('a wait by HTTPS', () => {
  let port = '';
  let authority = '';
  let close: () => void;

  before(async () => {
    const ca = await createAuthority('Test CA');
    authority = ca.cert;
    const server = createServer(await issue('server', 'serverAuth', ca), (_, response) => {
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    port = String(address.port);
    close = () => {
      server.close();
      server.closeAllConnections();
    };
  });

  after(() => {
    close();
  });

  function step(tls: string): FakeStep {
    const keys = `image: x, ports: ["8443"], x-wait: {http: {port: 8443, path: /up, tls: ${tls}}}`;
    const ports = fakeStep(`services:\n  web: {${keys}}\n`, ([first, second, name = '']) => {
      if (first !== 'container' || second !== 'inspect') return undefined;
      const Ports = { '8443/tcp': [{ HostIp: '127.0.0.1', HostPort: port }] };
      return {
        stdout: JSON.stringify([{ ...containerJson(name), NetworkSettings: { Ports } }]),
      };
    });
    ports.files.entries.set('/s/certs/ca.pem', { text: authority, mode: 0o444 });
    return { ...ports, http: nodeHttp(ports.cancellation, environmentRoute) };
  }

  const inputs = servicesInputs({ waitTimeout: '2' });
  const start = (tls: string): Promise<void> => startServices(inputs, step(tls));

  it('trusts the authority that the file names, for the name in the certificate', async () => {
    await start('{ca: certs/ca.pem}');
    await start('{ca: certs/ca.pem, serverName: localhost}');
  });

  it('trusts everybody when it shall', async () => {
    await start('insecure');
    await start('{insecure: true}');
  });

  it('says what is not trusted, and what to write', async () => {
    await assert.rejects(start('true'), /by HTTPS answers.*\(tls\.ca names the authority/s);
    await assert.rejects(
      start('{ca: certs/ca.pem, serverName: web}'),
      /Host: web\. is not in the cert's altnames: DNS:localhost.*\(tls\.serverName says the name\)/s,
    );
  });

  it('begins nothing without the file of the authority', async () => {
    const ports = step('{ca: no/ca.pem}');
    await assert.rejects(
      startServices(inputs, ports),
      /compose\.yaml:2: services\.web\.x-wait\.http\.tls\.ca: there is no file \/s\/no\/ca\.pem\./,
    );
    assert.equal(ports.commands.commands.length, 0);
  });
});
