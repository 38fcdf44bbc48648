import { posix } from 'node:path';
import type { Place } from './node.ts';
import {
  type ComposeService,
  type ContainerOptions,
  type Dependency,
  type Hook,
  type Link,
  type ServiceNetwork,
  optionKeys,
} from './model.ts';
import { type Entries, withEmpty } from './schema/mappings.ts';
import type { AttachmentInput } from './schema/relations.ts';
import type { ServiceInput } from './schema/service.ts';
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
    ports: input.ports ?? [],
    dependsOn: dependencies(input),
    mounts: (input.volumes ?? []).map(toMount),
    tmpfs: input.tmpfs ?? [],
    networks: input.network_mode === undefined ? networks(input) : [],
    aliases: [
      ...new Set([input.container_name, input.hostname].filter((alias) => alias !== undefined)),
    ],
    extraHosts: input.extra_hosts ?? [],
    links: (input.links ?? []).map(toLink),
    scale: input.scale ?? input.deploy?.replicas ?? 1,
    profiles: input.profiles ?? [],
    preStart: (input.pre_start ?? []).map((hook) => toHook({ image: input.image, ...hook })),
    postStart: (input.post_start ?? []).map(toHook),
    preStop: (input.pre_stop ?? []).map(toHook),
    options: optionsOf(input),
    ...given('networkMode', input.network_mode),
    ...given('command', input.command),
    ...given('entrypoint', input.entrypoint),
    ...given('healthcheck', input.healthcheck),
    ...given('workingDir', input.working_dir),
    ...given('user', input.user),
    ...given('init', input.init),
    ...given('hostname', hostname),
    ...given('pullPolicy', pullPolicy(input.pull_policy)),
  };
}

function given<K extends keyof ComposeService>(
  key: K,
  value: ComposeService[K] | undefined,
): { readonly [P in K]?: ComposeService[K] } {
  if (value === undefined) return {};
  return { [key]: value } as { readonly [P in K]: ComposeService[K] };
}

/** `deploy` says the same as the flat keys; when both speak they agree. */
function optionsOf(input: ServiceInput): ContainerOptions {
  const { limits, reservations } = input.deploy?.resources ?? {};
  const flat = Object.fromEntries(
    optionKeys.filter((key) => isSaid(input[key])).map((key) => [key, input[key]]),
  );
  return {
    ...(limits?.cpus === undefined ? {} : { cpus: limits.cpus }),
    ...(limits?.memory === undefined ? {} : { mem_limit: limits.memory }),
    ...(limits?.pids === undefined ? {} : { pids_limit: limits.pids }),
    ...(reservations?.memory === undefined ? {} : { mem_reservation: reservations.memory }),
    ...(reservations?.devices === undefined ? {} : { gpus: reservations.devices }),
    ...flat,
  };
}

/** Zero, false and an empty list say nothing. */
function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== false && value !== 0;
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

const started = { condition: 'service_started', required: true } as const;

/** What is said, and what follows from sharing something with another service (compose-go, loader/normalize.go). */
function dependencies(input: ServiceInput): readonly Dependency[] {
  const said =
    Array.isArray(input.depends_on) || input.depends_on === undefined ? {} : input.depends_on;
  const found = new Map<string, Dependency>(
    Object.entries(said as Exclude<typeof input.depends_on, readonly string[] | undefined>).map(
      ([service, { condition, required }]) => [service, { service, condition, required }],
    ),
  );
  const shared = [input.network_mode, input.ipc, input.pid, input.uts, input.cgroup];
  const implied = [
    ...(input.links ?? []).map((link) => toLink(link).service),
    ...shared.flatMap((mode) => (mode?.startsWith('service:') ? [mode.slice(8)] : [])),
    ...(input.volumes_from ?? []).flatMap((from) =>
      from.startsWith('container:') ? [] : [from.split(':')[0] ?? ''],
    ),
  ];
  for (const service of implied) {
    if (!found.has(service)) found.set(service, { service, ...started });
  }
  return [...found.values()];
}

export function toLink(text: string): Link {
  const [service = '', alias = service, ...more] = text.split(':');
  return more.length > 0 ? { service: text, alias: text } : { service, alias };
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

interface HookInput {
  readonly command?: readonly string[] | undefined;
  readonly image?: string | undefined;
  readonly user?: string | undefined;
  readonly privileged?: boolean | undefined;
  readonly working_dir?: string | undefined;
  readonly environment?: Entries | undefined;
}

function toHook(input: HookInput): Hook {
  return {
    privileged: input.privileged ?? false,
    environment: withEmpty(input.environment ?? []),
    ...(input.command === undefined ? {} : { command: input.command }),
    ...(input.image === undefined ? {} : { image: input.image }),
    ...(input.user === undefined ? {} : { user: input.user }),
    ...(input.working_dir === undefined ? {} : { workingDir: input.working_dir }),
  };
}

/** `/run/secrets/x` for a bare name; configs stand at the root. */
export function mountTarget(
  kind: 'secret' | 'config',
  source: string,
  target: string | undefined,
): string {
  const named = target === undefined || target === '' ? source : target;
  return posix.resolve(kind === 'secret' ? '/run/secrets' : '/', named);
}
