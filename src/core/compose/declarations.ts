import type { Problem } from '../errors.ts';
import { findCycle } from './dependency-graph.ts';
import type { Mount } from './model-mounts.ts';
import { type MapNode, type Path, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ProjectInput } from './schema/project.ts';
import type { BareService } from './to-service.ts';

/** Named volumes that nobody declares. */
export function volumeProblems(
  name: string,
  mounts: readonly Mount[],
  project: ProjectInput,
  model: MapNode,
): readonly Problem[] {
  return mounts.flatMap((mount, index) => {
    if (mount.kind !== 'volume' || mount.source in project.volumes) return [];
    const what = `services.${name}.volumes uses the volume ${mount.source}, which is not declared.`;
    const change = `Add it below the top-level volumes, or write ./${mount.source} for a folder.`;
    return [at(model, ['services', name, 'volumes', String(index)], what, change)];
  });
}

/** Secrets and configs have exactly one source. */
export function sourceProblems(project: ProjectInput, model: MapNode): readonly Problem[] {
  const sections = {
    secrets: ['file', 'environment'],
    configs: ['file', 'environment', 'content'],
  };
  return Object.entries(sections).flatMap(([section, keys]) => {
    const definitions: Readonly<Record<string, { readonly external: boolean }>> =
      project[section as keyof typeof sections];
    return Object.entries(definitions).flatMap(([name, definition]) => {
      const said = keys.filter((key) => key in definition);
      if (said.length === 1 || (said.length === 0 && definition.external)) return [];
      const count = said.length === 0 ? 'no source' : `${said.length} sources`;
      const what = `${section}.${name} has ${count}.`;
      return [at(model, [section, name], what, `Write one of ${keys.join(', ')}.`)];
    });
  });
}

/** What is outside is taken as it is: an external volume has a name, and nothing else (compose-go, validation/). */
export function externalProblems(project: ProjectInput, model: MapNode): readonly Problem[] {
  return Object.entries(project.volumes).flatMap(([name, volume]) => {
    if (volume?.external !== true) return [];
    const said = Object.keys(volume).filter(
      (key) => !['name', 'external'].includes(key) && !key.startsWith('x-'),
    );
    return said.map((key) => {
      const what = `volumes.${name} is external, but says ${key} as well.`;
      return at(model, ['volumes', name, key], what, 'Remove one of them.');
    });
  });
}

/** The first circle of dependencies. */
export function circle(services: readonly BareService[], model: MapNode): readonly Problem[] {
  const cycle = findCycle(services);
  const [first] = cycle;
  if (first === undefined) return [];
  const what = `depends_on goes in a circle: ${[...cycle, first].join(' → ')}.`;
  return [at(model, ['services', first, 'depends_on'], what, 'Take one of them out.')];
}

function at(model: MapNode, path: Path, what: string, change: string): Problem {
  return problemAt(placeAt(model, path), { what, change });
}
