import { type PresetName, presetOfImage } from '../services/presets.ts';
import type { Place } from './node.ts';
import { dependencies, toLink } from './dependencies.ts';
import type { ComposeService, ServiceNetwork } from './model.ts';
import type { AttachmentInput } from './schema/relations.ts';
import type { ServiceInput } from './schema/service.ts';
import { optionsOf } from './service-options.ts';
import { toMount } from './to-mount.ts';

/** What a service says, without what lies outside of it: files of variables, labels, secrets and configs. */
export type BareService = Omit<ComposeService, 'environment' | 'labels' | 'files'>;

export function toService(name: string, input: ServiceInput, place: Place): BareService {
  const { path, line, label } = place;
  const hostname = hostnameOf(input);
  return {
    name,
    place: { path, line },
    label,
    image: input.image ?? '',
    scale: input.scale ?? input.deploy?.replicas ?? 1,
    options: optionsOf(input),
    ...listsOf(input),
    ...given('networkMode', input.network_mode),
    ...given('command', input.command),
    ...given('entrypoint', input.entrypoint),
    ...given('healthcheck', input.healthcheck),
    ...given('wait', input['x-wait']),
    ...given('preset', presetOf(input)),
    ...given('workingDir', input.working_dir),
    ...given('user', input.user),
    ...given('init', input.init),
    ...given('hostname', hostname),
    ...given('pullPolicy', pullPolicy(input.pull_policy)),
  };
}

function presetOf({ image = '', 'x-preset': said }: ServiceInput): PresetName | undefined {
  return said === 'none' ? undefined : (said ?? presetOfImage(image));
}

type Lists =
  'ports' | 'dependsOn' | 'mounts' | 'tmpfs' | 'networks' | 'aliases' | 'extraHosts' | 'links';

function listsOf(input: ServiceInput): Pick<ComposeService, Lists> {
  const { ports = [], volumes = [], tmpfs = [], links = [], extra_hosts: extraHosts = [] } = input;
  const names = [input.container_name, input.hostname].filter((alias) => alias !== undefined);
  return {
    ports,
    dependsOn: dependencies(input),
    mounts: volumes.map(toMount),
    tmpfs,
    networks: input.network_mode === undefined ? networks(input) : [],
    aliases: [...new Set(names)],
    extraHosts,
    links: links.map(toLink),
  };
}

function given<K extends keyof ComposeService>(
  key: K,
  value: ComposeService[K] | undefined,
): { readonly [P in K]?: ComposeService[K] } {
  if (value === undefined) return {};
  return { [key]: value } as { readonly [P in K]: ComposeService[K] };
}

function hostnameOf({ hostname, domainname }: ServiceInput): string | undefined {
  if (domainname === undefined || domainname === '') return hostname;
  return hostname === undefined ? undefined : `${hostname}.${domainname}`;
}

/** Times of refreshing and `build` are as `missing`. */
function pullPolicy(said: string | undefined): ComposeService['pullPolicy'] {
  if (said === undefined) return undefined;
  return said === 'always' || said === 'never' ? said : 'missing';
}

function networks({ networks: said }: ServiceInput): readonly ServiceNetwork[] {
  const entries = Array.isArray(said)
    ? []
    : Object.entries((said ?? {}) as Record<string, AttachmentInput>);
  if (entries.length === 0) return [{ name: 'default', aliases: [] }];
  return entries.map(([name, attachment]) => ({
    name,
    aliases: attachment?.aliases ?? [],
    ...(attachment?.ipv4_address ? { ipv4: attachment.ipv4_address } : {}),
    ...(attachment?.ipv6_address ? { ipv6: attachment.ipv6_address } : {}),
    ...(attachment?.interface_name ? { interfaceName: attachment.interface_name } : {}),
    ...(attachment?.mac_address ? { mac: attachment.mac_address } : {}),
  }));
}
