import { applyExtends } from './extends.ts';
import { importIncludes } from './include.ts';
import { interpolateModel } from './interpolate-model.ts';
import { canonical } from './canonical.ts';
import { inlinePath } from './load-request.ts';
import { expandInline } from '../services/expand-inline.ts';
import { loadBases } from './extends-file.ts';
import type { FileGroup, Loading } from './loading.ts';
import { MergeFault } from './merge-fault.ts';
import { mergeModels } from './merge-models.ts';
import { type MapNode, map, withoutEntry } from './node.ts';
import { type YamlModel, problemAt, readYaml } from './read-yaml.ts';
import { resolvePaths } from './relative-paths.ts';
import { applyResets } from './resets.ts';
import { resolveBareNames } from './bare-names.ts';
import { keepUnique } from './unique-entries.ts';
import { validate } from './validate.ts';

/**
 * Several files as one model: each one interpolated, its includes and extends resolved, and laid over those
 * before it; relative paths made absolute. The steps and their order are compose-go's (loader/loader.go).
 */
export function loadGroup(group: FileGroup, loading: Loading): MapNode | undefined {
  let merged: MapNode | undefined;
  group.files.forEach((path, at) => {
    const text = loading.texts.read(path);
    if (text === undefined) return;
    const { models, problems } = readYaml({ path, label: loading.label(path), text });
    loading.problems.push(...problems);
    for (const model of models.map((each) => expanded(each, path, merged, loading))) {
      merged = layOver(merged, model, { group, path, loading });
    }
    if (merged !== undefined && at < group.files.length - 1) validate(merged, loading);
  });
  if (merged === undefined) return undefined;
  const resolved = resolvePaths(merged, group.base);
  return resolved.kind === 'map' ? resolveBareNames(resolved, group.variables) : merged;
}

/** Services in the step itself are written shorter than in a file. */
function expanded(
  model: YamlModel,
  path: string,
  before: MapNode | undefined,
  { inline, problems }: Loading,
): YamlModel {
  if (path !== inlinePath || inline === undefined) return model;
  const found = expandInline(model, inline.passwordOf, namesIn(before));
  problems.push(...found.problems);
  return found.model;
}

function namesIn(model: MapNode | undefined): ReadonlySet<string> {
  const services = model?.entries.get('services');
  return new Set(services?.kind === 'map' ? services.entries.keys() : []);
}

interface Step {
  readonly group: FileGroup;
  readonly path: string;
  readonly loading: Loading;
}

function layOver(before: MapNode | undefined, model: YamlModel, step: Step): MapNode | undefined {
  const { group, path, loading } = step;
  const filled = interpolateModel(model.root, group.variables);
  loading.problems.push(...filled.problems);
  filled.unset.forEach((name) => loading.unset.add(name));
  if (filled.root.kind !== 'map') {
    const found = { what: 'The file expected a map at its top.', change: 'Begin with services:.' };
    loading.problems.push(problemAt(filled.root.place, found));
    return before;
  }
  const included = importIncludes(filled.root, model.resets, group, path, loading);
  const base = before && applyResets(before, model.resets);
  const load = loadBases(group, loading);
  const bases = { file: path, resets: model.resets };
  const extended = applyExtends(included, bases, load, loading.problems);
  const merged = merge(base?.kind === 'map' ? base : map([], extended), extended, loading);
  return withoutVersion(keepUnique(canonical(keepUnique(merged))), path, loading);
}

function merge(base: MapNode, over: MapNode, loading: Loading): MapNode {
  try {
    const merged = mergeModels(base, over);
    return merged.kind === 'map' ? merged : base;
  } catch (error) {
    if (!(error instanceof MergeFault)) throw error;
    loading.problems.push(error.problem);
    return base;
  }
}

function withoutVersion(
  model: ReturnType<typeof keepUnique>,
  path: string,
  loading: Loading,
): MapNode | undefined {
  if (model.kind !== 'map') return undefined;
  const version = model.entries.get('version');
  if (version?.kind !== 'scalar' || typeof version.value !== 'string') return model;
  loading.warnings.add(`${loading.label(path)}: the key "version" is obsolete; remove it.`);
  return withoutEntry(model, 'version');
}
