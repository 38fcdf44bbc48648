import { bindSource } from '../../src/core/podman/plan-services.ts';
import { labelArgs } from '../../src/core/podman/labels.ts';
import { mustPodman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** The network, the volumes, and the host folders of binds that do not exist yet (Docker makes them, too). */
export async function createSurroundings(context: StepContext): Promise<void> {
  const { host, plan, ports } = context;
  const labels = labelArgs(plan.owner);
  if (host.settings.network !== 'host') {
    const network = ['network', 'create', ...labels, plan.network];
    await mustPodman(network, { during: 'the creation of the network', echo: true }, ports);
  }
  for (const volume of plan.volumes) {
    const during = 'the creation of a volume';
    await mustPodman(['volume', 'create', ...labels, volume], { during, echo: true }, ports);
  }
  await createFolders(context);
}

async function createFolders({ request, plan, ports }: StepContext): Promise<void> {
  const home = ports.host.environment('HOME') ?? '/root';
  for (const mount of plan.containers.flatMap(({ service }) => service.mounts)) {
    if (mount.kind !== 'bind') continue;
    const source = bindSource(mount.source, { folder: request.folder, home });
    if ((await ports.files.exists(source)) !== undefined) continue;
    ports.host.info(`${source} does not exist: an empty folder is made for the bind.`);
    await ports.files.makeDirectory(source, 0o755);
  }
}
