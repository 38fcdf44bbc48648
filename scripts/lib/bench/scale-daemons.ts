import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { removeLeftovers } from '../playground/leftovers.ts';
import { startBuildkitd } from '../playground/start-buildkitd.ts';
import { toolPath } from '../toolchain/tool-path.ts';

/** The collector takes the cache down to this; small, so that a sweep goes above it. */
export const ceilingMb = 100;

/** A plain buildkitd on loopback that can be measured. */
export interface ScaleDaemon {
  readonly name: string;
  readonly address: string;
  /** Resident memory of the daemon alone, without its build steps, in MB. */
  memoryMb(): number;
  /** All of its files, in MB. */
  diskMb(): Promise<number>;
  /** What it says of its cache, in MB: the collector's own measure. */
  cacheMb(): Promise<number>;
}

export interface ScaleDaemons {
  readonly daemons: readonly ScaleDaemon[];
  stop(): Promise<void>;
}

/** @param mirrorHost `HOST:PORT` of the mirror of docker.io */
export async function startScaleDaemons(
  stateDir: string,
  count: number,
  mirrorHost: string,
): Promise<ScaleDaemons> {
  const names = Array.from({ length: count }, (_, number) => `replica-${number}`);
  const collecting = ['--oci-worker-gc', `--oci-worker-gc-keepstorage=0,0,${ceilingMb}`];
  const started = await Promise.all(
    names.map(async (name) => {
      const address = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
      const flags = ['--addr', address, ...collecting];
      const daemon = await startBuildkitd(name, stateDir, flags, { mirrorHost });
      return { daemon, name, address, root: join(stateDir, name, 'root') };
    }),
  );
  return {
    daemons: started.map(({ daemon, name, address, root }) => ({
      ...{ name, address },
      memoryMb: () => residentMb(daemon.pid),
      diskMb: () => usedMb(root),
      cacheMb: () => cacheMb(address),
    })),
    stop: async () => {
      await Promise.all(started.map(({ daemon }) => daemon.stop()));
      await removeLeftovers(stateDir);
    },
  };
}

function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

async function usedMb(folder: string): Promise<number> {
  // Files go away while it counts: that is no failure here.
  const { stdout } = await execa('du', ['--summarize', '--block-size=1M', folder], {
    reject: false,
  });
  return Number(stdout.split('\t')[0] ?? 0);
}

async function cacheMb(address: string): Promise<number> {
  const argv = ['--addr', address, 'du', '--format', '{{json .}}'];
  const { stdout } = await execa(toolPath('buildctl'), argv, { timeout: 60_000 });
  const sizes = [...stdout.matchAll(/"size":\s*(\d+)/gi)].map(([, bytes]) => Number(bytes));
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6;
}
