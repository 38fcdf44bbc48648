import type { Problem } from '../errors.ts';
import type { ComposeService, Mount } from './model.ts';
import { type MapNode, type Path, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ProjectInput } from './schema/project.ts';

/** Values, not keys, that are well-formed but cannot be done: each with the reason and the way out. */
export function supportProblems(
  services: readonly ComposeService[],
  project: ProjectInput,
  model: MapNode,
): readonly Problem[] {
  return [
    ...(services.length === 0 ? [noService(model)] : []),
    ...services.flatMap((service) => serviceProblems(service, project, model)),
    ...driverProblems(services, project, model),
    ...externalFiles(services, project, model),
  ];
}

function noService(model: MapNode): Problem {
  const what = 'There is no service to start.';
  return problemAt(placeAt(model, ['services']), {
    what,
    change: 'Add one, or activate a profile.',
  });
}

function serviceProblems(
  service: ComposeService,
  project: ProjectInput,
  model: MapNode,
): readonly Problem[] {
  const { name } = service;
  const told = (path: Path, what: string, change: string): Problem =>
    problemAt(placeAt(model, ['services', name, ...path]), {
      what: `services.${name}.${path.join('.')} ${what}`,
      change,
    });
  const said = project.services[name];
  return [
    ...(service.image === '' && said?.build !== undefined
      ? [
          told(
            ['build'],
            'has no image beside it, and images are not built here.',
            'Build it with BuildxMultiArch in an earlier step, and name it by image.',
          ),
        ]
      : []),
    ...portProblems(service).map(([what, change]) => told(['ports'], what, change)),
    ...(said?.volumes ?? []).flatMap(({ type }, at) =>
      type === 'npipe' || type === 'cluster'
        ? [
            told(
              ['volumes', String(at)],
              `has the type ${type}, which Podman does not know.`,
              'Use bind or volume.',
            ),
          ]
        : [],
    ),
    ...service.mounts.flatMap((mount, at) =>
      mountProblems(mount).map(([what, change]) => told(['volumes', String(at)], what, change)),
    ),
    ...(/^[a-zA-Z0-9]/.test(name) ? [] : [badName(name, model)]),
  ];
}

function badName(name: string, model: MapNode): Problem {
  const what = `services.${name} has a name that Podman does not take.`;
  const change = 'Begin it with a letter or digit.';
  return problemAt(placeAt(model, ['services', name]), { what, change });
}

type Half = readonly [what: string, change: string];

function portProblems({ ports }: ComposeService): readonly Half[] {
  return ports.flatMap((port): readonly Half[] => [
    ...(port.containerPort < 1 || port.containerPort > 65_535
      ? [[`publishes the port ${port.containerPort}.`, 'Write one from 1 to 65535.'] as const]
      : []),
  ]);
}

function mountProblems(mount: Mount): readonly Half[] {
  if (!mount.target.startsWith('/')) {
    const drive = /^[a-z]:/i.test(mount.target)
      ? ' A single letter before ":" is a Windows drive.'
      : '';
    return [
      [
        `expected an absolute path in the container, found "${mount.target}".${drive}`,
        'Begin the target with /, and give volumes longer names.',
      ],
    ];
  }
  if ((mount.kind === 'volume' || mount.kind === 'image') && mount.subpath !== undefined) {
    return [['has a subpath, which Podman takes from 5.4 on only.', 'Mount the whole volume.']];
  }
  return [];
}

/** Volumes of the local driver and bridge networks only. */
function driverProblems(
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
function externalFiles(
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
