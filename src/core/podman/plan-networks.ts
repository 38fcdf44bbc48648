import type { ComposeProject, ComposeService, ServiceNetwork } from '../compose/model.ts';
import { shared } from './container-options.ts';
import { type Owner, labelArgs } from './labels.ts';

/** Something to create before the containers, by a podman command. */
export interface ResourcePlan {
  /** Podman's name. */
  readonly name: string;
  /** Arguments of podman. */
  readonly create: readonly string[];
}

/** Podman's name of a network; `default` is the project's own. */
export function networkName(name: string, { networks }: ComposeProject, owner: Owner): string {
  const given = networks.find((network) => network.name === name)?.hostName;
  return given ?? (name === 'default' ? owner.project : `${owner.project}-${name}`);
}

/** The networks to create; external ones are there. */
export function networkPlans(project: ComposeProject, owner: Owner): readonly ResourcePlan[] {
  const own = project.networks.filter(({ isExternal }) => !isExternal);
  return own.map((network) => {
    const name = networkName(network.name, project, owner);
    const create = [
      ...['network', 'create', ...labelArgs(owner)],
      ...labels(network.labels),
      ...(network.isInternal ? ['--internal'] : []),
      ...(network.hasIpv6 ? ['--ipv6'] : []),
      ...network.subnets.flatMap(({ subnet, ipRange, gateway }) => [
        ...(subnet === undefined ? [] : ['--subnet', subnet]),
        ...(ipRange === undefined ? [] : ['--ip-range', ipRange]),
        ...(gateway === undefined ? [] : ['--gateway', gateway]),
      ]),
      name,
    ];
    return { name, create };
  });
}

/** Podman's name of a volume. */
export function volumeName(name: string, { volumes }: ComposeProject, owner: Owner): string {
  return volumes.find((volume) => volume.name === name)?.hostName ?? `${owner.project}-${name}`;
}

export function volumePlans(project: ComposeProject, owner: Owner): readonly ResourcePlan[] {
  const own = project.volumes.filter(({ isExternal }) => !isExternal);
  return own.map((volume) => {
    const name = volumeName(volume.name, project, owner);
    const options = Object.entries(volume.options).flatMap(([key, value]) => [
      '--opt',
      `${key}=${value}`,
    ]);
    const create = ['volume', 'create', ...labelArgs(owner), ...labels(volume.labels), ...options];
    return { name, create: [...create, name] };
  });
}

function labels(said: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(said).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
}

/** `--network` arguments of a container: its networks with the names it is found by, or its network mode. */
export function networkArgs(
  service: ComposeService,
  project: ComposeProject,
  owner: Owner,
  containerOf: (service: string) => string,
): readonly string[] {
  if (service.networkMode !== undefined) {
    return ['--network', shared(service.networkMode, containerOf)];
  }
  const linked = project.services.flatMap(({ links }) =>
    links.flatMap((link) => (link.service === service.name ? [link.alias] : [])),
  );
  const names = [service.name, ...service.aliases, ...linked];
  return service.networks.flatMap((network) => {
    const name = networkName(network.name, project, owner);
    return ['--network', `${name}:${attachment(network, names)}`];
  });
}

function attachment(network: ServiceNetwork, names: readonly string[]): string {
  const { aliases, ipv4, ipv6, mac, interfaceName } = network;
  return [
    ...[...new Set([...names, ...aliases])].map((alias) => `alias=${alias}`),
    ...(ipv4 === undefined ? [] : [`ip=${ipv4}`]),
    ...(ipv6 === undefined ? [] : [`ip6=${ipv6}`]),
    ...(mac === undefined ? [] : [`mac=${mac}`]),
    ...(interfaceName === undefined ? [] : [`interface_name=${interfaceName}`]),
  ].join(',');
}
