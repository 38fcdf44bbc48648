import * as v from 'valibot';
import { type Problem, type SourcePlace } from '../errors.ts';
import { consistencyProblems } from './consistency.ts';
import { fileMounts } from './file-mounts.ts';
import { FileTexts } from './file-texts.ts';
import { type Variables, interpolate } from './interpolate.ts';
import { judgeKeys } from './judge-keys.ts';
import { loadGroup } from './load-group.ts';
import type { Loading } from './loading.ts';
import type { ComposeProject, ComposeService, Warning } from './model.ts';
import { type MapNode, child, placeAt, plain } from './node.ts';
import { type Selection, enabledServices } from './profiles.ts';
import { problemAt, readYaml } from './read-yaml.ts';
import { type ProjectInput, project as projectSchema } from './schema/project.ts';
import { schemaProblems } from './schema-problems.ts';
import { serviceEnvironment, serviceLabels } from './service-files.ts';
import { supportProblems } from './support-problems.ts';
import { projectNetworks, projectVolumes } from './resources.ts';
import { toService } from './to-service.ts';

/** What to load, and how. */
export interface LoadRequest extends Selection {
  /** Absolute paths, in merge order. */
  readonly files: readonly string[];
  /** Absolute: what relative paths begin at. */
  readonly folder: string;
  readonly home: string;
  /** The surroundings, `.env` included. */
  readonly variables: Variables;
  /** Wins over the files' `name`. */
  readonly projectName?: string;
  /** When nobody names the project. */
  readonly fallbackName: string;
  /** A path as it is shown. */
  readonly label: (path: string) => string;
}

/** A project, or everything that is wrong, or the files that must be read first. */
export type Loaded =
  | { readonly kind: 'loaded'; readonly project: ComposeProject }
  | {
      readonly kind: 'rejected';
      /** What Docker rejects as well. */
      readonly problems: readonly Problem[];
      /** What is well-formed, but cannot be done here. */
      readonly unsupported: readonly Problem[];
    }
  | { readonly kind: 'needs'; readonly paths: readonly string[] };

/**
 * Loads compose files as `docker compose config` does. Pure: it works on the texts that it is given, and says
 * which ones it needs.
 */
export function loadProject(
  request: LoadRequest,
  known: ReadonlyMap<string, string | undefined>,
): Loaded {
  const loading: Loading = {
    texts: new FileTexts(known),
    label: request.label,
    problems: [],
    unset: new Set(),
    warnings: new Set(),
  };
  const name = projectName(request, loading);
  const variables: Variables = (key) =>
    key === 'COMPOSE_PROJECT_NAME' ? name : request.variables(key);
  const base = { folder: request.folder, home: request.home };
  const model = loadGroup({ files: request.files, base, variables, includedFrom: [] }, loading);
  const read = model && readProject(model, { ...request, variables }, name, loading);
  const { unknown } = loading.texts;
  if (unknown.length > 0) return { kind: 'needs', paths: unknown };
  const isEmpty = model === undefined && loading.problems.length === 0;
  loading.problems.push(...fileProblems(request, loading, isEmpty));
  const unsupported = read?.unsupported ?? [];
  if (loading.problems.length > 0 || unsupported.length > 0 || read === undefined) {
    return {
      kind: 'rejected',
      problems: inOrder(loading.problems),
      unsupported: inOrder(unsupported),
    };
  }
  return { kind: 'loaded', project: read.project };
}

interface Read {
  readonly project: ComposeProject;
  readonly unsupported: readonly Problem[];
}

function readProject(
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
  loading.problems.push(...selectionProblems(project, request));
  const on = enabledServices(project, request);
  const bare = Object.entries(project.services)
    .filter(([service]) => on.has(service))
    .map(([service, input]) => toService(service, input, placeAt(model, ['services', service])));
  loading.problems.push(...consistencyProblems({ project, model, services: bare }));
  const context = { model, variables: request.variables, loading };
  const chosen = bare.filter(({ name: service }) => isChosen(service, request.services, bare));
  const services = chosen.map((service): ComposeService => {
    const input = project.services[service.name] ?? {};
    const environment = serviceEnvironment(service.name, input, context);
    const labels = serviceLabels(service.name, input, context);
    return { ...service, environment, labels, files: fileMounts(input, project) };
  });
  const names = new Set(services.map((service) => service.name));
  const judged = judgeKeys(model, names);
  return {
    project: toProject(name, services, project, [...warningsOf(loading), ...judged.warnings]),
    unsupported: [...judged.problems, ...supportProblems(services, project, model)],
  };
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
      where: 'services',
      what: `There is no service ${service} in the compose file.`,
      change: `It has ${names.join(', ')}.`,
    }));
}

function warningsOf({ unset, warnings }: Loading): readonly Warning[] {
  const empty = [...unset].map((name) => `The variable ${name} is not set; it became empty.`);
  return [...empty, ...warnings].map((text) => ({ text }));
}

/** Files that are not there, or that hold nothing. */
function fileProblems(
  { files, label }: LoadRequest,
  { texts }: Loading,
  isEmpty: boolean,
): readonly Problem[] {
  return files.flatMap((path): readonly Problem[] => {
    if (texts.isMissing(path)) {
      return [
        { where: 'composeFile', what: `There is no file ${path}.`, change: 'Mend the path.' },
      ];
    }
    const place = { path, label: label(path), line: 1 };
    const empty = { what: 'The file is empty.', change: 'Begin with services:.' };
    return isEmpty ? [problemAt(place, empty)] : [];
  });
}

/** The name that wins: given, of the last file that has one, or the fallback (compose-go, loader.projectName). */
function projectName(request: LoadRequest, loading: Loading): string {
  if (request.projectName !== undefined) return request.projectName;
  const names = request.files.flatMap((path) => {
    const text = loading.texts.read(path);
    if (text === undefined || !/^\s*['"]?name['"]?\s*:/m.test(text)) return [];
    const { models } = readYaml({ path, label: path, text });
    return models.map(({ root }) => child(root, 'name')).flatMap(nameText);
  });
  const filled = interpolate(names.at(-1) ?? '', request.variables);
  const normal = filled.ok ? normalName(filled.text) : '';
  return normal === '' ? request.fallbackName : normal;
}

function nameText(node: ReturnType<typeof child>): readonly string[] {
  return node?.kind === 'scalar' && node.text !== '' ? [node.text] : [];
}

/** Lower-case letters, digits, `_` and `-`, a letter or digit first; everything else is left out. */
export function normalName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

/** File by file and line by line, each once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((p) => [`${p.where ?? ''}\n${p.what}`, p]));
  const key = ({ place }: { readonly place?: SourcePlace }): string => place?.path ?? '';
  return [...unique.values()].sort(
    (a, b) => key(a).localeCompare(key(b)) || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
}
