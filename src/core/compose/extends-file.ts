import type { Problem } from '../errors.ts';
import { canonical } from './canonical.ts';
import type { Bases, LoadBases } from './extends.ts';
import { interpolateModel } from './interpolate-model.ts';
import type { FileGroup, Loading } from './loading.ts';
import { isRemote, remoteProblem } from './remote-source.ts';
import { type ComposeNode, type MapNode, type Path, child, list, map } from './node.ts';
import { problemAt, readYaml } from './read-yaml.ts';
import { resolvePath, resolvePaths } from './relative-paths.ts';
import { keepUnique } from './unique-entries.ts';
import posix from 'node:path/posix';

/** Reads the file that an `extends` names: interpolated, long forms, paths resolved from its own folder. */
export function loadBases(group: FileGroup, loading: Loading): LoadBases {
  return (file, from) => {
    if (isRemote(file)) {
      loading.problems.push(remoteProblem(from.place, 'extends', file));
      return undefined;
    }
    const path = resolvePath(file, group.base);
    const text = loading.texts.read(path);
    if (text === undefined) {
      if (loading.texts.isMissing(path)) loading.problems.push(noFile(from, path));
      return undefined;
    }
    return readBases(path, text, group, loading, from);
  };
}

function readBases(
  path: string,
  text: string,
  group: FileGroup,
  loading: Loading,
  from: ComposeNode,
): Bases | undefined {
  const { models, problems } = readYaml({ path, label: loading.label(path), text });
  loading.problems.push(...problems);
  const roots = models.map(({ root }) => interpolate(root, group, loading));
  const resets: Path[] = models.flatMap((model) => [...model.resets]);
  const base = { ...group.base, folder: posix.dirname(path) };
  const long = roots.map((root) => resolvePaths(keepUnique(canonical(keepUnique(root))), base));
  const services = long.map((root) => child(root, 'services')).filter(isMap);
  const [first] = services;
  if (first !== undefined) {
    return {
      file: path,
      services: map(
        services.flatMap((s) => [...s.entries]),
        first,
      ),
      resets,
    };
  }
  if (problems.length === 0) loading.problems.push(noServices(from, loading.label(path)));
  return undefined;
}

function noServices({ place }: ComposeNode, label: string): Problem {
  const what = `extends names ${label}, which has no services.`;
  return problemAt(place, { what, change: 'Name another file.' });
}

function interpolate(root: ComposeNode, group: FileGroup, loading: Loading): ComposeNode {
  const filled = interpolateModel(root, group.variables);
  loading.problems.push(...filled.problems);
  filled.unset.forEach((name) => loading.unset.add(name));
  return filled.root.kind === 'map' ? filled.root : list([], filled.root.place);
}

function isMap(node: ComposeNode | undefined): node is MapNode {
  return node?.kind === 'map';
}

function noFile({ place }: ComposeNode, path: string): Problem {
  const what = `extends names ${path}, which does not exist.`;
  return problemAt(place, { what, change: 'Mend the path: it begins at the project directory.' });
}
