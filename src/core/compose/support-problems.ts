import { driverProblems, externalFiles } from './support-resources.ts';
import type { Problem } from '../errors.ts';
import type { ComposeService } from './model.ts';
import type { Mount } from './model-mounts.ts';
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
    ...services.flatMap((service) => serviceProblems(service, project, model)),
    ...driverProblems(services, project, model),
    ...externalFiles(services, project, model),
  ];
}

/** Nothing to do is a mistake as well. */
export function noService(model: MapNode): Problem {
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
  const told = (path: Path, [what, change]: Half): Problem =>
    problemAt(placeAt(model, ['services', name, ...path]), {
      what: `services.${name}.${path.join('.')} ${what}`,
      change,
    });
  const { build, volumes = [] } = project.services[name] ?? {};
  return [
    ...(service.image === '' && build !== undefined ? [told(['build'], notBuilt)] : []),
    ...portProblems(service).map((half) => told(['ports'], half)),
    ...volumes.flatMap(({ type }, at) => {
      if (type !== 'npipe' && type !== 'cluster') return [];
      const what = `has the type ${type}, which Podman does not know.`;
      return [told(['volumes', String(at)], [what, 'Use bind or volume.'])];
    }),
    ...service.mounts.flatMap((mount, at) =>
      mountProblems(mount).map((half) => told(['volumes', String(at)], half)),
    ),
    ...(/^[a-zA-Z0-9]/.test(name) ? [] : [badName(name, model)]),
  ];
}

const notBuilt: Half = [
  'has no image beside it, and images are not built here.',
  'Build it in an earlier step by BuildxMultiArch, pushed or with load: podman, and name it by image.',
];

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
