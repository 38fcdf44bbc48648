import { startOrder } from '../compose/dependency-graph.ts';
import type { ComposeProject, ComposeService } from '../compose/model.ts';
import type { FileContent, FileMount } from '../compose/model-mounts.ts';
import { limitArgs, optionArgs } from './container-options.ts';
import type { ContainerPlan } from './container-plan.ts';
import { hiddenVariables } from './hidden-variables.ts';
import { type Owner, labelArgs } from './labels.ts';
import { fileArgs, mountArgs, tmpfsValue } from './mount-args.ts';
import {
  type ResourcePlan,
  networkArgs,
  networkName,
  networkPlans,
  volumeName,
  volumePlans,
} from './plan-networks.ts';
import { type PortMode, publishValue } from './publish.ts';
import { pullReference } from './pull-reference.ts';

/** Everything that will exist on the host, by names that are used once. */
export interface ServicesPlan {
  readonly owner: Owner;
  /** Podman's name of the network that most share: `default`, else the first. */
  readonly network: string;
  readonly networks: readonly ResourcePlan[];
  /** The named volumes that are not external. */
  readonly volumes: readonly ResourcePlan[];
  /** The files' secrets and configs. */
  readonly secrets: readonly SecretPlan[];
  /** In an order in which they can start. */
  readonly containers: readonly ContainerPlan[];
}

/** A Podman secret to create. */
export interface SecretPlan {
  readonly name: string;
  readonly content: FileContent;
}

export interface PlanSettings {
  readonly owner: Owner;
  readonly ports: PortMode;
  readonly bindAddress: string;
  /** The host has the binary that `--init` needs. */
  readonly hasInit: boolean;
  readonly isMasked: (value: string) => boolean;
}

export function planServices(project: ComposeProject, settings: PlanSettings): ServicesPlan {
  const { owner } = settings;
  const main = project.networks.find(({ name }) => name === 'default') ?? project.networks[0];
  const services = startOrder(project.services).filter(({ scale }) => scale > 0);
  const secrets = services.flatMap(({ files }) =>
    files.map((file) => ({ name: secretName(file, owner), content: file.content })),
  );
  return {
    owner,
    network: networkName(main?.name ?? 'default', project, owner),
    networks: networkPlans(project, owner),
    volumes: volumePlans(project, owner),
    secrets: [...new Map(secrets.map((secret) => [secret.name, secret])).values()],
    containers: services.map((service) => planContainer(service, project, settings)),
  };
}

function planContainer(
  service: ComposeService,
  project: ComposeProject,
  settings: PlanSettings,
): ContainerPlan {
  const { owner, ports, bindAddress } = settings;
  const containerOf = (name: string): string => `${owner.project}-${name}`;
  const nameOf = (volume: string): string => volumeName(volume, project, owner);
  return {
    service,
    name: containerOf(service.name),
    image: pullReference(service.image) ?? service.image,
    networks: networkArgs(service, project, owner, containerOf),
    labels: labelArgs(owner, service.name),
    publish: service.ports.map((port) => publishValue(port, ports, bindAddress)),
    mounts: [
      ...service.mounts.flatMap((mount) => mountArgs(mount, nameOf)),
      ...service.files.flatMap((file) => fileArgs(file, secretName(file, owner))),
      ...service.tmpfs.flatMap((mount) => ['--tmpfs', tmpfsValue(mount)]),
    ],
    options: optionArgs(service, { containerOf }),
    limits: limitArgs(service),
    hiddenVariables: hiddenVariables(service.environment, settings.isMasked),
    init: service.init ?? settings.hasInit,
  };
}

function secretName({ kind, source }: FileMount, { project }: Owner): string {
  return `${project}-${kind}-${source}`;
}
