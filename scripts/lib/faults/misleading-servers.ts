import { type Server as HttpServer, createServer as createHttp } from 'node:http';
import { type Http2Server, createServer as createHttp2 } from 'node:http2';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

type AnyServer = Server | HttpServer | Http2Server;

/** Servers that people reach by a wrong port: real ones of their kind, but no BuildKit. */
export interface MisleadingServers {
  /** `tcp://127.0.0.1:PORT` of each. */
  readonly web: string;
  /** Speaks gRPC and knows no method of BuildKit's. */
  readonly otherGrpc: string;
  /** Takes connections and never answers. */
  readonly silent: string;
  /** Takes connections and closes them: a load balancer with nothing behind it. */
  readonly closing: string;
  /** Nothing listens there. */
  readonly nobody: string;
  stop(): Promise<void>;
}

export async function startMisleadingServers(): Promise<MisleadingServers> {
  const web = createHttp((_request, response) => response.end('hello'));
  const otherGrpc = createHttp2((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/grpc', 'grpc-status': '12' }).end();
  });
  const silent = createServer();
  const closing = createServer((socket) => socket.destroy());
  const free = createServer();
  const running = [web, otherGrpc, silent, closing];
  const sockets = running.map(openSockets);
  const [webUrl = '', grpcUrl = '', silentUrl = '', closingUrl = '', nobody = ''] =
    await Promise.all([...running, free].map(listen));
  await close(free);
  return {
    web: webUrl,
    otherGrpc: grpcUrl,
    silent: silentUrl,
    closing: closingUrl,
    nobody,
    stop: async () => {
      sockets.forEach((open) => {
        open.forEach((socket) => socket.destroy());
      });
      await Promise.all(running.map(close));
    },
  };
}

/** The sockets of a server, which it would wait for at its end. */
function openSockets(server: AnyServer): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  });
  return open;
}

function listen(server: AnyServer): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function close(server: AnyServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
