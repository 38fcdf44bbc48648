import { readdir } from 'node:fs/promises';
import { orMissing } from '../../src/io/files/or-missing.ts';
import { mustRun } from './run-tool.ts';

/**
 * The firewall's rules for ports that Podman published. One that outlives its container takes the port away
 * from whoever listens on it next: connections go to an address that nobody has.
 */
export async function portRules(launcher: readonly string[] = []): Promise<readonly string[]> {
  const rules = await mustRun(['env', ...launcher, 'iptables-save', '--table', 'nat'], {});
  return rules.split('\n').filter((rule) => rule.includes('"dnat name: '));
}

/**
 * What a rootful Podman may leave on this machine's network: rules of ports, network namespaces, and networks of its DNS server.
 * Of two networks with the same addresses that server knows one: the names of the other are not found.
 */
export async function networkTraces(): Promise<readonly string[]> {
  const namespaces = await namesIn('/run/netns');
  const served = await namesIn('/run/containers/networks/aardvark-dns');
  return [
    ...namespaces.filter((name) => name.startsWith('netns-')),
    ...served.filter((name) => name !== 'aardvark.pid').map((name) => `DNS of ${name}`),
    ...(await portRules()),
  ];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await orMissing(readdir(folder))) ?? [];
}
