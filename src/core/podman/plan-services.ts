import { join, resolve } from 'node:path/posix';
import { startOrder } from '../compose/dependency-graph.ts';
import type { ComposeProject, ComposeService, Mount } from '../compose/model.ts';
import type { ContainerPlan } from './container-plan.ts';
import { hiddenVariables } from './hidden-variables.ts';
import { type Owner, labelArgs } from './labels.ts';
import { type PortMode, publishValue } from './publish.ts';
import { pullReference } from './pull-reference.ts';

/** Everything that will exist on the host, by names that are used once. */
export interface ServicesPlan {
  readonly owner: Owner;
  readonly network: string;
  /** Podman's names of the compose file's named volumes. */
  readonly volumes: readonly string[];
  /** In an order in which they can start. */
  readonly containers: readonly ContainerPlan[];
}

export interface PlanSettings {
  readonly owner: Owner;
  /** Absolute folder of the compose file: binds are relative to it. */
  readonly folder: string;
  /** What `~` stands for. */
  readonly home: string;
  readonly ports: PortMode;
  readonly bindAddress: string;
  /** The host has the binary that `--init` needs. */
  readonly hasInit: boolean;
  readonly isMasked: (value: string) => boolean;
}

export function planServices(project: ComposeProject, settings: PlanSettings): ServicesPlan {
  const { owner } = settings;
  return {
    owner,
    network: owner.project,
    volumes: project.volumes.map((volume) => volumeName(volume, owner)),
    containers: startOrder(project.services).map((service) => planContainer(service, settings)),
  };
}

function planContainer(service: ComposeService, settings: PlanSettings): ContainerPlan {
  const { owner, ports, bindAddress } = settings;
  return {
    service,
    name: `${owner.project}-${service.name}`,
    image: pullReference(service.image) ?? service.image,
    network: owner.project,
    labels: labelArgs(owner, service.name),
    publish: service.ports.map((port) => publishValue(port, ports, bindAddress)),
    mounts: service.mounts.map((mount) => mountValue(mount, settings)),
    hiddenVariables: hiddenVariables(service.environment, settings.isMasked),
    init: service.init ?? settings.hasInit,
  };
}

function volumeName(volume: string, { project }: Owner): string {
  return `${project}-${volume}`;
}

function mountValue(mount: Mount, settings: PlanSettings): string {
  const target = `${mount.target}${mount.readOnly ? ':ro' : ''}`;
  switch (mount.kind) {
    case 'anonymous':
      return target;
    case 'volume':
      return `${volumeName(mount.source, settings.owner)}:${target}`;
    case 'bind':
      return `${bindSource(mount.source, settings)}:${target}`;
  }
}

/** The absolute path of a bind's source on the host. */
export function bindSource(
  source: string,
  { folder, home }: Pick<PlanSettings, 'folder' | 'home'>,
): string {
  return source.startsWith('~') ? join(home, source.slice(1)) : resolve(folder, source);
}
