import { mkdir, writeFile } from 'node:fs/promises';
import {
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  createServer as createHttpServer,
  request as sendHttp,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { createAuthority, issue } from '../../../scripts/lib/playground/certificates.ts';
import { type Daemon, startDaemon } from '../../../scripts/lib/playground/daemon.ts';
import { onFreePort } from '../../../scripts/lib/playground/free-port.ts';
import { toolPath } from '../../../scripts/lib/toolchain/tool-path.ts';
import { FakeServices } from './services.ts';

/** A FAKE of an Azure Container Registry: a real registry behind a token service that speaks Azure's protocol. */
export interface FakeAcr {
  /** `localhost:PORT`. TLS for tokens, and, as BuildKit wants it on loopback, plain HTTP as well. */
  readonly host: string;
  /** PEM file of the authority that signed its certificate. */
  readonly caFile: string;
  readonly services: FakeServices;
  /** `POST /oauth2/exchange` and so on, in order. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** @param folder private, for certificates, keys, logs and what is pushed */
export async function startFakeAcr(folder: string): Promise<FakeAcr> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const requests: string[] = [];
  const authority = await createAuthority('Fake ACR CA');
  const { cert, key } = await issue('localhost', 'serverAuth', authority);
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.cert);
  let begin: (handling: Handling) => void = () => undefined;
  const ready = new Promise<Handling>((resolve) => {
    begin = resolve;
  });
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`);
    void ready.then((handling) => handle(request, response, handling));
  };
  const door = await openDoor(listener, { cert, key });
  const host = `localhost:${door.port}`;
  const services = new FakeServices(host);
  const registry = await startRealRegistry(folder, host, services);
  begin({ services, registryPort: registry.port });
  const stop = async (): Promise<void> => {
    door.close();
    await registry.daemon.stop();
  };
  return { host, caFile, services, requests, stop };
}

interface Handling {
  readonly services: FakeServices;
  readonly registryPort: number;
}

/** One port for TLS and plain HTTP: the first byte of a TLS connection is 22 (RFC 8446, 5.1). */
async function openDoor(
  listener: RequestListener,
  pair: { readonly cert: string; readonly key: string },
): Promise<{ readonly port: number; readonly close: () => void }> {
  const plain = createHttpServer(listener);
  const secured = createHttpsServer(pair, listener);
  const sockets = new Set<Socket>();
  const door = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      (first[0] === 22 ? secured : plain).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    door.close();
    sockets.forEach((socket) => socket.destroy());
  };
  return { port: (door.address() as AddressInfo).port, close };
}

/** Distribution's own registry, which takes the tokens of the fake service (configuration.md, "token"). */
async function startRealRegistry(
  folder: string,
  host: string,
  services: FakeServices,
): Promise<{ readonly port: number; readonly daemon: Daemon }> {
  const jwks = join(folder, 'keys.json');
  await writeFile(jwks, services.registry.keySet);
  const token = { realm: `http://${host}/oauth2/token`, service: host, issuer: 'fake-acr', jwks };
  return onFreePort(async (port) => {
    const configFile = join(folder, 'registry.yml');
    const config = {
      version: '0.1',
      log: { level: 'info' },
      storage: {
        filesystem: { rootdirectory: join(folder, 'storage') },
        delete: { enabled: true },
      },
      http: { addr: `127.0.0.1:${port}`, host: `http://${host}` },
      auth: { token },
    };
    await writeFile(configFile, stringify(config));
    const daemon = await startDaemon({
      title: 'registry behind the fake ACR',
      argv: [toolPath('registry'), 'serve', configFile],
      environment: { OTEL_TRACES_EXPORTER: 'none' },
      stateDir: folder,
      logName: 'registry-acr',
      isolated: false,
      ready: /listening on 127\.0\.0\.1:\d+/,
    });
    return { port, daemon };
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { services, registryPort }: Handling,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/v2/')) {
    passOn(request, response, registryPort);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const authorization = request.headers.authorization ?? '';
  const asked = { path: url.pathname, query: url.searchParams, form, authorization };
  const { status, body } = services.answer(asked) ?? { status: 404, body: {} };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method = 'GET', url = '/', headers } = request;
  const sent = sendHttp({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', () => response.destroy());
  request.pipe(sent);
}
