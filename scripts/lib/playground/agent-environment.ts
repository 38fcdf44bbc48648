import { join } from 'node:path';
import { toolFolders } from '../toolchain/tool-path.ts';
import type { KnownRegistry } from './buildkitd-config.ts';
import { marker } from './daemon.ts';
import { configurePodman } from './podman-config.ts';
import { trustAlso } from './trust.ts';

/** What an agent on this machine needs to find in its environment. */
export async function agentEnvironment(
  stateDir: string,
  mirrorHost: string,
  registries: readonly KnownRegistry[],
): Promise<Record<string, string>> {
  const caFile = registries.find((registry) => registry.caFile !== undefined)?.caFile;
  return {
    PATH: [...toolFolders(), process.env['PATH'] ?? ''].join(':'),
    [marker]: stateDir,
    ...(await configurePodman(stateDir, mirrorHost, registries)),
    ...(caFile === undefined ? {} : await trustAlso(caFile, join(stateDir, 'run'))),
  };
}
