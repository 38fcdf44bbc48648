import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** Every process of a demo inherits this variable, so that what outlives it can be found. */
export const marker = 'DAEMONLESS_DEMO';

/** Containers, volumes and networks that Podman still has; `before` are the networks that were there already. */
export async function podmanLeftovers(
  environment: Readonly<Record<string, string>>,
  before: readonly string[],
): Promise<readonly string[]> {
  const list = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await execa('podman', args, { env: environment, timeout: 30_000 });
    return stdout.split('\n').filter((line) => line !== '');
  };
  const containers = await list('ps', '--all', '--format', '{{.Names}}');
  const volumes = await list('volume', 'ls', '--quiet');
  const networks = await podmanNetworks(environment);
  return [
    ...containers.map((name) => `container ${name}`),
    ...volumes.map((name) => `volume ${name}`),
    ...networks.filter((name) => !before.includes(name)).map((name) => `network ${name}`),
  ];
}

export async function podmanNetworks(
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const args = ['network', 'ls', '--format', '{{.Name}}'];
  const { stdout } = await execa('podman', args, { env: environment, timeout: 30_000 });
  return stdout.split('\n');
}

/** Processes that carry this demo's marker in their environment. Needs Linux's /proc. */
export async function processLeftovers(id: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environ.split('\0').includes(`${marker}=${id}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    found.push(`process ${pid} ${command.replaceAll('\0', ' ').trim()}`);
  }
  return found;
}

/** Files in the agent's temporary folder: credentials, keys and records live only there. */
export async function fileLeftovers(workDir: string): Promise<readonly string[]> {
  const entries = await readdir(join(workDir, '_temp'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `file ${join(entry.parentPath, entry.name)}`);
}
