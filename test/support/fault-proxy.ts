import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request instead of reaching the registry. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** An HTTP status, a connection that is reset, or an answer that comes so many milliseconds late. */
  readonly fault: number | 'reset' | { readonly lateMs: number };
  /** How often; then requests pass. Default: always. */
  readonly times?: number;
  /** Called for each request that meets it. */
  readonly onMet?: () => void;
}

export interface FaultProxy {
  /** `localhost:PORT`, to be used in image references in place of the registry. */
  readonly host: string;
  /** From now on; replaces the faults before. */
  readonly set: (faults: readonly Fault[]) => void;
  /** How many requests met a fault since the last `set`. */
  readonly hits: () => number;
  readonly close: () => Promise<void>;
}

/**
 * A reverse proxy in front of a real registry (`localhost:PORT`, plain HTTP), which injects faults by method and path:
 * HTTP statuses, resets and delays, of the very requests that a test is about.
 */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  let faults: readonly Fault[] = [];
  let met: Fault[] = [];
  const late = new Set<NodeJS.Timeout>();
  const [hostname = '', port = ''] = upstream.split(':');
  const faultOf = (method: string, path: string): Fault | undefined =>
    faults.find(
      (fault) =>
        fault.method === method &&
        fault.path.test(path) &&
        met.filter((one) => one === fault).length < (fault.times ?? Infinity),
    );
  const server = createServer((incoming, answer) => {
    const { method = '', url = '', headers } = incoming;
    const pass = (): void => {
      const outgoing = send({ hostname, port, method, path: url, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      outgoing.on('error', () => incoming.socket.destroy());
      incoming.pipe(outgoing);
    };
    const found = faultOf(method, url);
    if (found === undefined) {
      pass();
      return;
    }
    met.push(found);
    found.onMet?.();
    const { fault } = found;
    if (typeof fault === 'number') answer.writeHead(fault).end();
    else if (fault === 'reset') incoming.socket.resetAndDestroy();
    else late.add(setTimeout(pass, fault.lateMs));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    set: (next) => {
      faults = next;
      met = [];
    },
    hits: () => met.length,
    close: async () => {
      late.forEach(clearTimeout);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
