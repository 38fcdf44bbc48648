import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnownRegistry } from './buildkitd-config.ts';

/**
 * Writes Podman's configuration below `stateDir/run/podman` and returns the variables that make Podman use
 * it: storage, networks and locks of its own, docker.io through the mirror. Images stay in
 * `stateDir/podman` between runs.
 */
export async function configurePodman(
  stateDir: string,
  mirrorHost: string,
  registries: readonly KnownRegistry[],
): Promise<Record<string, string>> {
  const folder = podmanFolder(stateDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = {
    CONTAINERS_CONF: ['containers.conf', containersConf(folder)],
    CONTAINERS_STORAGE_CONF: ['storage.conf', storageConf(stateDir)],
    CONTAINERS_REGISTRIES_CONF: ['registries.conf', registriesConf(mirrorHost, registries)],
  } as const;
  const environment: Record<string, string> = {};
  for (const [variable, [name, text]] of Object.entries(files)) {
    environment[variable] = join(folder, name);
    await writeFile(join(folder, name), text, { mode: 0o600 });
  }
  return environment;
}

/** The folder of Podman's configuration and of all that ends with the playground. */
export function podmanFolder(stateDir: string): string {
  return join(stateDir, 'run', 'podman');
}

/**
 * Podman's run root. Its own clean-up of an ended container refuses a path of more than 50 characters, in silence, and
 * whoever waits for that container waits 20 s more. So it lies outside the state folder, named after it.
 */
export function podmanRunRoot(stateDir: string): string {
  return `/run/daemonless-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}`;
}

/** containers.conf(5): what Podman would otherwise share with the user's own containers. */
function containersConf(folder: string): string {
  return `[engine]
tmp_dir = ${quote(join(folder, 'libpod'))}
lock_type = "file"

[network]
network_config_dir = ${quote(join(folder, 'networks'))}
`;
}

/** containers-storage.conf(5). */
function storageConf(stateDir: string): string {
  return `[storage]
driver = "overlay"
graphroot = ${quote(join(stateDir, 'podman'))}
runroot = ${quote(podmanRunRoot(stateDir))}
`;
}

/** containers-registries.conf(5), version 2. */
export function registriesConf(mirrorHost: string, registries: readonly KnownRegistry[]): string {
  const plain = registries.filter(({ caFile }) => caFile === undefined);
  return [
    'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "permissive"\n',
    `[[registry]]\nprefix = "docker.io"\nlocation = "docker.io"\n`,
    `[[registry.mirror]]\nlocation = ${quote(mirrorHost)}\ninsecure = true\n`,
    ...plain.map(({ host }) => `[[registry]]\nlocation = ${quote(host)}\ninsecure = true\n`),
  ].join('\n');
}

/** A string as TOML writes it. */
function quote(text: string): string {
  return JSON.stringify(text);
}
