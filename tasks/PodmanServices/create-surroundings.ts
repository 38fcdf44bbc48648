import type { SecretPlan } from '../../src/core/podman/plan-services.ts';
import { mustPodman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** Networks, volumes, secrets, and the host folders of binds that do not exist yet (Docker makes them, too). */
export async function createSurroundings(context: StepContext): Promise<void> {
  const { host, plan, ports } = context;
  if (host.settings.network !== 'host') {
    for (const { create } of plan.networks) {
      await mustPodman(create, { during: 'the creation of a network', echo: true }, ports);
    }
  }
  for (const { create } of plan.volumes) {
    await mustPodman(create, { during: 'the creation of a volume', echo: true }, ports);
  }
  for (const secret of plan.secrets) await createSecret(secret, context);
  await createFolders(context);
}

/** The variable that a secret's text travels in, for the one command that reads it. */
const variable = 'DAEMONLESS_SECRET';

/** A file is read by Podman itself; a text goes through the environment, never through the arguments. */
async function createSecret({ name, content }: SecretPlan, { ports }: StepContext): Promise<void> {
  const during = 'the creation of a secret';
  if ('file' in content) {
    await mustPodman(['secret', 'create', name, content.file], { during, echo: true }, ports);
    return;
  }
  const args = ['secret', 'create', '--env', name, variable];
  await mustPodman(args, { during, echo: true, env: { [variable]: content.text } }, ports);
}

async function createFolders({ plan, ports }: StepContext): Promise<void> {
  for (const mount of plan.containers.flatMap(({ service }) => service.mounts)) {
    if (mount.kind !== 'bind' || !mount.createHostPath) continue;
    if ((await ports.files.exists(mount.source)) !== undefined) continue;
    ports.host.info(`${mount.source} does not exist: an empty folder is made for the bind.`);
    await ports.files.makeDirectory(mount.source, 0o755);
  }
}
