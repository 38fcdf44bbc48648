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

/** What a rootful Podman may leave on this machine's network: rules of ports, and network namespaces. */
export async function networkTraces(): Promise<readonly string[]> {
  const namespaces = (await orMissing(readdir('/run/netns'))) ?? [];
  return [...namespaces.filter((name) => name.startsWith('netns-')), ...(await portRules())];
}
