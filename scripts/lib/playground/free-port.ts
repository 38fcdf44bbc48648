import getPort from 'get-port';
import { AddressInUseError } from './daemon.ts';

const attempts = 5;

/**
 * Starts something on a free loopback port; when another program takes the port in between, on the next.
 * @throws AddressInUseError with the last log lines after five such attempts.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await getPort({ host: '127.0.0.1' }));
    } catch (error) {
      if (!(error instanceof AddressInUseError) || attempt === attempts) throw error;
    }
  }
}
