import type { Problem } from '../errors.ts';
import type { ComposeService } from './model.ts';
import { type MapNode, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ConfigInput, ProjectInput, SecretInput } from './schema/project.ts';

/** Volumes of the local driver and bridge networks only. */
export function driverProblems(
  services: readonly ComposeService[],
  project: ProjectInput,
  model: MapNode,
): readonly Problem[] {
  const usedVolumes = services.flatMap(({ mounts }) =>
    mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount.source] : [])),
  );
  const usedNetworks = services.flatMap(({ networks }) => networks.map(({ name }) => name));
  const check = (
    section: 'volumes' | 'networks',
    used: readonly string[],
    known: readonly string[],
  ) =>
    [...new Set(used)].flatMap((name) => {
      const driver = project[section][name]?.driver;
      if (driver === undefined || driver === '' || known.includes(driver)) return [];
      const what = `${section}.${name}.driver is ${driver}, which is not supported.`;
      const change = `Write ${known.join(' or ')}, or leave it out.`;
      return [problemAt(placeAt(model, [section, name, 'driver']), { what, change })];
    });
  return [
    ...check('volumes', usedVolumes, ['local']),
    ...check('networks', usedNetworks, ['bridge']),
  ];
}

/** Secrets and configs that live outside, or whose variable is not set. */
export function externalFiles(
  services: readonly ComposeService[],
  project: ProjectInput,
  model: MapNode,
): readonly Problem[] {
  return services.flatMap(({ name, files }) =>
    (['secrets', 'configs'] as const).flatMap((section) => {
      const found = files.filter(({ kind }) => section === `${kind}s`).map(({ source }) => source);
      return (project.services[name]?.[section] ?? [])
        .filter(({ source = '' }) => !found.includes(source))
        .flatMap(({ source = '' }) => {
          const half = noContent(project[section][source]);
          if (half === undefined) return [];
          const [what, change] = half;
          const place = placeAt(model, [section, source]);
          return [problemAt(place, { what: `${section}.${source}${what}`, change })];
        });
    }),
  );
}

/** Why there is nothing to mount; undefined: it is told elsewhere. */
function noContent(
  definition: SecretInput | ConfigInput | undefined,
): readonly [what: string, change: string] | undefined {
  if (definition?.external === true) {
    const what = ' is external, and there is no store outside of the job.';
    return [what, 'Write file: or environment:.'];
  }
  if (definition?.environment === undefined) return undefined;
  const what = `.environment names ${definition.environment}, which is not set.`;
  return [what, 'Set it by the input "environment".'];
}
