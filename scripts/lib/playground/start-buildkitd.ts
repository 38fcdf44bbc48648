import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildkitdConfig } from './buildkitd-config.ts';
import { cgroupParent } from './cgroups.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { toolPath } from '../toolchain/tool-path.ts';

export interface DaemonSurroundings {
  readonly environment?: Readonly<Record<string, string>>;
  /** Of docker.io; without one nothing can be pulled from there. */
  readonly mirrorHost?: string;
}

/** Starts a real buildkitd with flags that no playground has: a Unix socket, an expired certificate. */
export async function startBuildkitd(
  name: string,
  stateDir: string,
  flags: readonly string[],
  { environment = {}, mirrorHost = 'localhost:1' }: DaemonSurroundings = {},
): Promise<Daemon> {
  const folder = join(stateDir, name);
  await mkdir(join(folder, 'root'), { recursive: true });
  const config = buildkitdConfig({
    mirrorHost,
    registries: [],
    traceSocket: join(folder, 'otel.sock'),
    cgroupParent: cgroupParent(stateDir),
  });
  await writeFile(join(folder, 'buildkitd.toml'), config);
  const files = ['--config', join(folder, 'buildkitd.toml'), '--root', join(folder, 'root')];
  return startDaemon({
    title: `buildkitd "${name}"`,
    argv: [toolPath('buildkitd'), ...files, '--oci-worker-net=host', ...flags],
    environment,
    stateDir,
    logName: name,
    isolated: true,
    ready: /running server on/,
  });
}
