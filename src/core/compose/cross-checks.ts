import type { Problem } from '../errors.ts';
import { type ComposeDocument, placeOf, problemAt } from './compose-document.ts';
import { findCycle } from './dependency-graph.ts';
import type { ComposeProject, ComposeService } from './model.ts';

/** What no key alone can show: unknown dependencies, circles, undeclared volumes, bad names. */
export function crossChecks(
  { services, volumes }: ComposeProject,
  document: ComposeDocument,
): readonly Problem[] {
  if (services.length === 0) {
    return [at(document, ['services'], 'There is no service.', 'Add one below services.')];
  }
  const found = services.flatMap((service) => [
    ...nameProblems(service, document),
    ...dependencyProblems(service, services, document),
    ...volumeProblems(service, volumes, document),
  ]);
  return found.length > 0 ? found : circle(services, document);
}

function nameProblems({ name }: ComposeService, document: ComposeDocument): readonly Problem[] {
  if (/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/.test(name)) return [];
  const what = `"${name}" is not a service name.`;
  const change = 'Use letters, digits, "_", "." and "-", a letter or digit first.';
  return [at(document, ['services', name], what, change)];
}

function dependencyProblems(
  { name, dependsOn }: ComposeService,
  services: readonly ComposeService[],
  document: ComposeDocument,
): readonly Problem[] {
  const known = services.map((service) => service.name);
  return dependsOn
    .filter(({ service }) => !known.includes(service))
    .map(({ service }) =>
      at(
        document,
        ['services', name, 'depends_on', service],
        `services.${name}.depends_on names ${service}, which is not a service.`,
        `There are ${known.join(', ')}.`,
      ),
    );
}

function volumeProblems(
  { name, mounts }: ComposeService,
  volumes: readonly string[],
  document: ComposeDocument,
): readonly Problem[] {
  return mounts.flatMap((mount, index) => {
    if (mount.kind !== 'volume' || volumes.includes(mount.source)) return [];
    const what = `services.${name}.volumes uses the volume ${mount.source}, which is not declared.`;
    const change = `Add it below the top-level volumes, or write ./${mount.source} for a folder.`;
    return [at(document, ['services', name, 'volumes', index], what, change)];
  });
}

function circle(
  services: readonly ComposeService[],
  document: ComposeDocument,
): readonly Problem[] {
  const cycle = findCycle(services);
  const [first] = cycle;
  if (first === undefined) return [];
  const what = `depends_on goes in a circle: ${[...cycle, first].join(' → ')}.`;
  return [at(document, ['services', first, 'depends_on'], what, 'Take one of them out.')];
}

function at(
  document: ComposeDocument,
  path: readonly (string | number)[],
  what: string,
  change: string,
): Problem {
  return problemAt(document.file, placeOf(document, path).line ?? 1, { what, change });
}
