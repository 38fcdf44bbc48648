import getPort from 'get-port';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import { startBuildkitd } from '../../scripts/lib/playground/start-buildkitd.ts';

/** A daemon among equals, which can go and come back at its address. */
export interface ReplicaDaemon {
  readonly port: number;
  readonly url: string;
  readonly pid: () => number;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Starts so many plain daemons side by side. */
export function startReplicas(folder: string, count: number): Promise<readonly ReplicaDaemon[]> {
  return Promise.all(
    Array.from({ length: count }, (_, number) => startReplica(folder, `replica-${number}`)),
  );
}

async function startReplica(folder: string, name: string): Promise<ReplicaDaemon> {
  const port = await getPort({ host: '127.0.0.1' });
  const url = `tcp://127.0.0.1:${port}`;
  const begin = (): Promise<Daemon> => startBuildkitd(name, folder, ['--addr', url]);
  let daemon: Daemon | undefined = await begin();
  return {
    port,
    url,
    pid: () => daemon?.pid ?? 0,
    stop: async () => {
      await daemon?.stop();
      daemon = undefined;
    },
    start: async () => {
      daemon ??= await begin();
    },
  };
}
