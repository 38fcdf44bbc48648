import type { Problem } from '../errors.ts';
import type { ComposeService } from './model.ts';
import { type MapNode, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ProjectInput } from './schema/project.ts';

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
    (['secrets', 'configs'] as const).flatMap((section) =>
      (project.services[name]?.[section] ?? []).flatMap(({ source = '' }) => {
        const definition = project[section][source];
        if (definition === undefined || files.some((file) => file.source === source)) return [];
        const path = [section, source];
        if (definition.external) {
          const what = `${section}.${source} is external, and there is no store outside of the job.`;
          return [
            problemAt(placeAt(model, path), { what, change: 'Write file: or environment:.' }),
          ];
        }
        const what = `${section}.${source}.environment names ${definition.environment ?? ''}, which is not set.`;
        return [
          problemAt(placeAt(model, path), { what, change: 'Set it by the input "environment".' }),
        ];
      }),
    ),
  );
}
