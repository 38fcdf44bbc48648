import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import getPort from 'get-port';
import { AddressInUseError } from './daemon.ts';

const attempts = 5;
const connectLimit = 500;

/**
 * Starts something on a free loopback port; when another program takes the port in between, on the next.
 * @throws AddressInUseError with the last log lines after five such attempts.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await reachablePort());
    } catch (error) {
      if (!(error instanceof AddressInUseError) || attempt === attempts) throw error;
    }
  }
}

/**
 * A free port on which who listens also hears: a firewall rule that outlived a container sends it elsewhere.
 * @param choose gives the next port to look at
 * @throws Error when five ports in a row are unreachable: then it is the loopback itself
 */
export async function reachablePort(
  choose: () => Promise<number> = () => getPort({ host: '127.0.0.1' }),
): Promise<number> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const port = await choose();
    if (await hears(port)) return port;
  }
  throw new Error(
    `No connection to 127.0.0.1 gets through, on ${attempts} free ports. Is its interface up?`,
  );
}

/** Also true for a port that somebody took meanwhile: who starts on it will say so. */
async function hears(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return true;
  }
  const client = connect(port, '127.0.0.1');
  try {
    await once(client, 'connect', { signal: AbortSignal.timeout(connectLimit) });
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
    server.close();
  }
}
