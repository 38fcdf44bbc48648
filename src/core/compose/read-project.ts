import * as v from 'valibot';
import type { Problem } from '../errors.ts';
import { consistencyProblems } from './consistency.ts';
import { fileMounts } from './file-mounts.ts';
import { judgeKeys } from './judge-keys.ts';
import type { LoadRequest } from './load-request.ts';
import type { Loading } from './loading.ts';
import type { ComposeProject, ComposeService, Warning } from './model.ts';
import { type MapNode, placeAt, plain } from './node.ts';
import { enabledServices } from './profiles.ts';
import { projectNetworks, projectVolumes } from './resources.ts';
import { type ProjectInput, project as projectSchema } from './schema/project.ts';
import { schemaProblems } from './schema-problems.ts';
import { serviceEnvironment, serviceLabels } from './service-files.ts';
import { noService, supportProblems } from './support-problems.ts';
import { toService } from './to-service.ts';

interface Read {
  readonly project: ComposeProject;
  readonly unsupported: readonly Problem[];
}

/** The typed project of a merged model; what is wrong with it is told. Undefined: its shape is wrong. */
export function readProject(
  model: MapNode,
  request: LoadRequest,
  name: string,
  loading: Loading,
): Read | undefined {
  const result = v.safeParse(projectSchema, plain(model));
  if (!result.success) {
    loading.problems.push(...schemaProblems(result.issues, model));
    return undefined;
  }
  const project = result.output;
  const unknown = selectionProblems(project, request);
  loading.problems.push(...unknown);
  const services = servicesOf(project, model, request, loading);
  const names = new Set(services.map((service) => service.name));
  const judged = judgeKeys(model, names);
  return {
    project: toProject(name, services, project, [...warningsOf(loading), ...judged.warnings]),
    unsupported: [
      ...(services.length === 0 && unknown.length === 0 ? [noService(model)] : []),
      ...judged.problems,
      ...supportProblems(services, project, model),
    ],
  };
}

/** The services that are on and chosen, with their files of variables read. */
function servicesOf(
  project: ProjectInput,
  model: MapNode,
  request: LoadRequest,
  loading: Loading,
): readonly ComposeService[] {
  const on = enabledServices(project, request);
  const bare = Object.entries(project.services)
    .filter(([service]) => on.has(service))
    .map(([service, input]) => toService(service, input, placeAt(model, ['services', service])));
  loading.problems.push(...consistencyProblems({ project, model, services: bare }));
  const context = { model, variables: request.variables, loading };
  const chosen = bare.filter(({ name }) => isChosen(name, request.services, bare));
  return chosen.map((service) => {
    const input = project.services[service.name] ?? {};
    const environment = serviceEnvironment(service.name, input, context);
    const labels = serviceLabels(service.name, input, context);
    return { ...service, environment, labels, files: fileMounts(input, project) };
  });
}

function toProject(
  name: string,
  services: readonly ComposeService[],
  project: ProjectInput,
  warnings: readonly Warning[],
): ComposeProject {
  const names = new Set(services.map((service) => service.name));
  return {
    name,
    services: services.map((service) => ({
      ...service,
      dependsOn: service.dependsOn.filter((d) => names.has(d.service)),
    })),
    volumes: projectVolumes(services, project),
    networks: projectNetworks(services, project),
    warnings,
  };
}

/** Named services and, by and by, what they depend on. */
function isChosen(
  service: string,
  chosen: readonly string[],
  all: readonly { readonly name: string; readonly dependsOn: ComposeService['dependsOn'] }[],
): boolean {
  if (chosen.length === 0) return true;
  const found = new Set(chosen);
  for (const name of found) {
    const node = all.find((candidate) => candidate.name === name);
    node?.dependsOn.forEach((dependency) => found.add(dependency.service));
  }
  return found.has(service);
}

function selectionProblems(project: ProjectInput, { services }: LoadRequest): readonly Problem[] {
  const names = Object.keys(project.services);
  return services
    .filter((service) => !names.includes(service))
    .map((service) => ({
      where: 'selectServices',
      what: `There is no service ${service} in the compose file.`,
      change: `It has ${names.join(', ')}.`,
    }));
}

function warningsOf({ unset, warnings }: Loading): readonly Warning[] {
  const empty = [...unset].map((name) => `The variable ${name} is not set; it became empty.`);
  return [...empty, ...warnings].map((text) => ({ text }));
}
