import { startOrder } from '../compose/dependency-graph.ts';
import type { ComposeProject, ComposeService } from '../compose/model.ts';
import type { FileContent, FileMount, PortRange } from '../compose/model-mounts.ts';
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
import type { PortMode } from './publish.ts';
import { publishedPorts } from './published-ports.ts';
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
  /** Podman can make no network here: every service is on the agent's own. */
  readonly isHostNetwork: boolean;
  /** A port of the agent that is free as far as we know. */
  readonly somePort: () => number;
  /** One of the range that is free, another one each time. */
  readonly portIn: (range: PortRange) => number;
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
    containers: services.flatMap((service) =>
      Array.from({ length: service.scale }, (_, at) =>
        planContainer(service, at, project, settings),
      ),
    ),
  };
}

function planContainer(
  said: ComposeService,
  replica: number,
  project: ComposeProject,
  settings: PlanSettings,
): ContainerPlan {
  const { owner } = settings;
  const { environment, publish } = publishedPorts(said, replica, settings);
  const service = { ...said, environment };
  const containerOf = (name: string): string => `${owner.project}-${name}`;
  const title = replica === 0 ? service.name : `${service.name}-${replica + 1}`;
  return {
    service,
    title,
    name: containerOf(title),
    image: pullReference(service.image) ?? service.image,
    networks: networkArgs(service, project, owner, containerOf),
    labels: labelArgs(owner, service.name),
    publish,
    mounts: mountsOf(service, project, owner),
    options: optionArgs(service, { containerOf }),
    limits: limitArgs(service),
    hiddenVariables: hiddenVariables(service.environment, settings.isMasked),
    init: service.init ?? settings.hasInit,
  };
}

function mountsOf(
  service: ComposeService,
  project: ComposeProject,
  owner: Owner,
): readonly string[] {
  const nameOf = (volume: string): string => volumeName(volume, project, owner);
  return [
    ...service.mounts.flatMap((mount) => mountArgs(mount, nameOf)),
    ...service.files.flatMap((file) => fileArgs(file, secretName(file, owner))),
    ...service.tmpfs.flatMap((mount) => ['--tmpfs', tmpfsValue(mount)]),
  ];
}

function secretName({ kind, source }: FileMount, { project }: Owner): string {
  return `${project}-${kind}-${source}`;
}
