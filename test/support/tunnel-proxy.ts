import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface TunnelProxy {
  readonly url: string;
  /** `host:port` of each tunnel. */
  readonly tunnels: readonly string[];
  /** URLs of plain HTTP, which it answers itself. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/**
 * A proxy that tunnels (RFC 9110, CONNECT) for those who give these credentials, as `user:password`. It alone
 * knows where names that end in `.test` are: here.
 */
export async function startProxy(credentials: string): Promise<TunnelProxy> {
  const tunnels: string[] = [];
  const asked: string[] = [];
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end('from the proxy');
  });
  server.on('connect', (request, socket) => {
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const target = request.url ?? '';
    tunnels.push(target);
    const [host = '', port = ''] = target.split(':');
    const far = connect(Number(port), host.endsWith('.test') ? '127.0.0.1' : host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    far.on('error', () => socket.destroy());
    socket.on('error', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tunnels,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
