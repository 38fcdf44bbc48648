import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';

/** A port of another address of this machine that leads to one of the loopback address. */
export interface Forward {
  readonly port: number;
  stop(): void;
}

/** Lets peers of a network reach what listens on loopback only. @param address of this machine */
export async function forward(address: string, loopbackPort: number): Promise<Forward> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(loopbackPort, '127.0.0.1');
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => open.delete(socket));
      socket.pipe(other);
    }
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
