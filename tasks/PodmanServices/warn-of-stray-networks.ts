import { strayNetworks } from '../../src/core/podman/stray-network.ts';
import type { StepContext } from './step-context.ts';

/**
 * Says when services may not find each other, because Podman's DNS server still serves a network that is gone. To be asked when
 * containers have started, also when one failed: not to find another is a reason to.
 */
export async function warnOfStrayNetworks({ plan, host, ports }: StepContext): Promise<void> {
  const runtimeFolder = host.rootless ? ports.host.environment('XDG_RUNTIME_DIR') : '/run';
  if (runtimeFolder === undefined) return;
  const folder = `${runtimeFolder}/containers/networks/aardvark-dns`;
  const files = new Map<string, string>();
  for (const name of await ports.files.list(folder)) {
    const text = await ports.files.readText(`${folder}/${name}`);
    if (text !== undefined) files.set(name, text);
  }
  const own = plan.networks.map(({ name }) => name);
  for (const { name, address } of strayNetworks(files, own)) {
    ports.host.warning(
      `Services may not find each other by name: Podman's DNS server still serves the network ${name} at ${address}, which is gone. Remove the file ${folder}/${name}, and run the job again.`,
    );
  }
}
