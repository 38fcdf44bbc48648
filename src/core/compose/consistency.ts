import type { Problem } from '../errors.ts';
import { contradictions } from './contradictions.ts';
import { type MapNode, type Path, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import type { ProjectInput } from './schema/project.ts';
import type { ServiceInput } from './schema/service.ts';
import { circle, externalProblems, sourceProblems, volumeProblems } from './declarations.ts';
import type { BareService } from './to-service.ts';

interface Checked {
  readonly project: ProjectInput;
  readonly model: MapNode;
  /** Only those that are on. */
  readonly services: readonly BareService[];
}

/** What no key alone can show: unknown dependencies, circles, undeclared volumes, contradictions. */
export function consistencyProblems(checked: Checked): readonly Problem[] {
  const { services, model } = checked;
  const found = [
    ...services.flatMap((service) => [
      ...imageProblems(service, checked),
      ...dependencyProblems(service, checked),
      ...undeclared(service, checked),
      ...mountedTwice(service, checked),
      ...contradictions(service, inputOf(service, checked), checked.model),
    ]),
    ...sameContainerNames(checked),
    ...sourceProblems(checked.project, checked.model),
    ...externalProblems(checked.project, checked.model),
  ];
  return found.length > 0 ? found : circle(services, model);
}

function inputOf({ name }: BareService, { project }: Checked): ServiceInput {
  return project.services[name] ?? {};
}

function imageProblems(service: BareService, checked: Checked): readonly Problem[] {
  const { name, image } = service;
  const { build, provider } = inputOf(service, checked);
  if (image !== '' || build !== undefined || provider !== undefined) return [];
  const what = `services.${name} has neither an image nor a build.`;
  return [at(checked.model, ['services', name], what, 'Add image.')];
}

function dependencyProblems(service: BareService, checked: Checked): readonly Problem[] {
  const on = checked.services.map(({ name }) => name);
  const { name } = service;
  return service.dependsOn.flatMap((dependency) => {
    const isDisabled = dependency.service in checked.project.services;
    if (on.includes(dependency.service) || (isDisabled && !dependency.required)) return [];
    const path = ['services', name, 'depends_on', dependency.service];
    const what = `services.${name} depends on ${dependency.service}, which is `;
    if (!isDisabled) {
      return [at(checked.model, path, `${what}not a service.`, `There are ${on.join(', ')}.`)];
    }
    const change = 'Name its profile in the input "profiles", or write required: false.';
    return [at(checked.model, path, `${what}off: none of its profiles is active.`, change)];
  });
}

type Declared = 'networks' | 'secrets' | 'configs';

function undeclared(service: BareService, checked: Checked): readonly Problem[] {
  const { name, mounts } = service;
  const { project, model } = checked;
  const input = inputOf(service, checked);
  const missing = (section: Declared, names: readonly string[]): readonly Problem[] => {
    const unknown = names.filter((used) => !(used in project[section]));
    return unknown.map((used) => {
      const what = `services.${name}.${section} uses ${used}, which is not declared.`;
      const change = `Add it below the top-level ${section}.`;
      return at(model, ['services', name, section, used], what, change);
    });
  };
  const networks = service.networks.map((network) => network.name);
  return [
    ...volumeProblems(name, mounts, project, model),
    ...missing(
      'networks',
      networks.filter((network) => network !== 'default'),
    ),
    ...missing(
      'secrets',
      (input.secrets ?? []).map(({ source = '' }) => source),
    ),
    ...missing(
      'configs',
      (input.configs ?? []).map(({ source = '' }) => source),
    ),
  ];
}

function mountedTwice(
  { name, mounts, tmpfs }: BareService,
  { model }: Checked,
): readonly Problem[] {
  const targets = [
    ...tmpfs.map((entry) => ({ key: 'tmpfs', target: entry.split(':')[0] ?? '' })),
    ...mounts.map(({ target }) => ({ key: 'volumes', target })),
  ];
  return targets.flatMap(({ key, target }, index) => {
    if (targets.findIndex((other) => other.target === target) === index) return [];
    const what = `services.${name}.${key} mounts ${target} a second time.`;
    return [at(model, ['services', name, key], what, 'Remove one of them.')];
  });
}

function sameContainerNames(checked: Checked): readonly Problem[] {
  const taken = new Map<string, string>();
  return checked.services.flatMap((service) => {
    const { container_name: wanted } = inputOf(service, checked);
    const other = wanted === undefined ? undefined : taken.get(wanted);
    if (wanted !== undefined) taken.set(wanted, service.name);
    if (other === undefined) return [];
    const path = ['services', service.name, 'container_name'];
    const what = `services.${service.name}.container_name is that of ${other} as well.`;
    return [at(checked.model, path, what, 'Remove it.')];
  });
}

function at(model: MapNode, path: Path, what: string, change: string): Problem {
  return problemAt(placeAt(model, path), { what, change });
}
