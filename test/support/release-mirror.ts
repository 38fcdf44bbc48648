import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

/** How a mirror misbehaves, or not. */
export type MirrorManner = 'well' | 'half' | 'changed' | 'missing' | 'silent';

export interface ReleaseMirror {
  readonly url: string;
  /** Path and Authorization header of each request. */
  readonly requests: readonly { readonly path: string; readonly authorization: string }[];
  readonly close: () => void;
}

/**
 * A web server on loopback with the toolchain's real buildx as its one release.
 * @param tls its own pair, for https
 */
export async function startMirror(
  manner: MirrorManner,
  tls?: { readonly cert: string; readonly key: string },
): Promise<ReleaseMirror> {
  const program = await readFile(toolPath('buildx'));
  const requests: { path: string; authorization: string }[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const authorization = request.headers.authorization ?? '';
    requests.push({ path: request.url ?? '', authorization });
    behave(manner, program, response);
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://localhost:${port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function behave(manner: MirrorManner, program: Buffer, response: ServerResponse): void {
  if (manner === 'silent') return;
  if (manner === 'missing') {
    response.writeHead(404).end('no such file');
    return;
  }
  response.writeHead(200, { 'content-length': program.length });
  if (manner === 'half') {
    response.write(program.subarray(0, program.length / 2), () => response.destroy());
    return;
  }
  response.end(manner === 'changed' ? Buffer.alloc(program.length, 1) : program);
}
