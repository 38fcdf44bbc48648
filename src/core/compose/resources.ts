import type { ComposeService } from './model.ts';
import type { NamedVolume, ProjectNetwork } from './model-resources.ts';
import { withEmpty } from './schema/mappings.ts';
import type { ProjectInput } from './schema/project.ts';

/** The named volumes that these services use. */
export function projectVolumes(
  services: readonly ComposeService[],
  project: ProjectInput,
): readonly NamedVolume[] {
  const used = new Set(
    services.flatMap(({ mounts }) =>
      mounts.flatMap((m) => (m.kind === 'volume' ? [m.source] : [])),
    ),
  );
  return Object.entries(project.volumes)
    .filter(([name]) => used.has(name))
    .map(([name, said]) => ({
      name,
      isExternal: said?.external ?? false,
      labels: withEmpty(said?.labels ?? []),
      options: said?.driver_opts ?? {},
      ...hostName(name, said),
    }));
}

/** The networks that these services use, `default` among them when one needs it. */
export function projectNetworks(
  services: readonly ComposeService[],
  project: ProjectInput,
): readonly ProjectNetwork[] {
  const used = new Set(services.flatMap(({ networks }) => networks.map(({ name }) => name)));
  return [...used].map((name): ProjectNetwork => {
    const said = project.networks[name];
    return {
      name,
      isExternal: said?.external ?? false,
      isInternal: said?.internal ?? false,
      hasIpv6: said?.enable_ipv6 ?? false,
      labels: withEmpty(said?.labels ?? []),
      subnets: (said?.ipam?.config ?? []).map(({ subnet, ip_range: ipRange, gateway }) => ({
        ...(subnet === undefined ? {} : { subnet }),
        ...(ipRange === undefined ? {} : { ipRange }),
        ...(gateway === undefined ? {} : { gateway }),
      })),
      ...hostName(name, said),
    };
  });
}

/** External things are on the host under their own name. */
function hostName(
  name: string,
  said: { readonly name?: string | undefined; readonly external?: boolean } | null | undefined,
): { readonly hostName?: string } {
  if (said?.name !== undefined) return { hostName: said.name };
  return said?.external === true ? { hostName: name } : {};
}
