import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

/** A build that runs until it is stopped. */
export interface HeldBuild {
  readonly stop: () => Promise<void>;
}

/** Starts a build that waits for a download which never comes; returns when the daemon is at it. */
export async function holdBuild(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<HeldBuild> {
  const sockets: Socket[] = [];
  const server = createServer();
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const asked = new Promise<void>((resolve) => {
    server.on('request', () => {
      resolve();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const context = await mkdtemp(join(folder, 'held-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/never`;
  await writeFile(join(context, 'Dockerfile'), `FROM scratch\nADD ${url} /\n`);
  const build = execa(toolPath('buildx'), ['build', context], {
    env: environment,
    all: true,
    reject: false,
  });
  await Promise.race([asked, build.then(({ all }) => Promise.reject(new Error(all)))]);
  return {
    stop: async () => {
      build.kill('SIGINT');
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await build;
    },
  };
}
