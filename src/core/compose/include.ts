import posix from 'node:path/posix';
import { tell, textsOf, withEnvFiles } from './include-variables.ts';
import type { FileGroup, Loading } from './loading.ts';
import { MergeFault } from './merge-fault.ts';
import { mergeModels } from './merge-models.ts';
import {
  type ComposeNode,
  type MapNode,
  type Path,
  child,
  isSame,
  map,
  withoutEntry,
} from './node.ts';
import { resolvePath } from './relative-paths.ts';
import { isRemote, remoteProblem } from './remote-source.ts';
import { applyResets } from './resets.ts';
import { validate } from './validate.ts';

/** Brings in what `include` names; the including file may override single keys (compose-go, loader/include.go). */
export function importIncludes(
  model: MapNode,
  resets: readonly Path[],
  group: FileGroup,
  path: string,
  loading: Loading,
): MapNode {
  const said = model.entries.get('include');
  if (said === undefined) return model;
  const rest = withoutEntry(model, 'include');
  if (said.kind !== 'list') {
    if (said.kind === 'scalar' && said.value === null) return rest;
    tell(said, 'expected a list of files.', 'Write - path/to/compose.yaml.', loading);
    return rest;
  }
  return said.items.reduce<MapNode>((into, item) => {
    const imported = loadOne(
      item,
      { ...group, includedFrom: [...group.includedFrom, path] },
      loading,
    );
    return imported === undefined ? into : importResources(imported, into, resets, loading);
  }, rest);
}

function loadOne(item: ComposeNode, group: FileGroup, loading: Loading): MapNode | undefined {
  const said = textsOf(item.kind === 'map' ? child(item, 'path') : item);
  const [first] = said;
  if (first === undefined) {
    tell(item, 'expected a path.', 'Write - path/to/compose.yaml, or path: and the file.', loading);
    return undefined;
  }
  const remote = said.find(isRemote);
  if (remote !== undefined) {
    loading.problems.push(remoteProblem(item.place, 'include', remote));
    return undefined;
  }
  const files = said.map((file) => resolvePath(file, group.base));
  const [main = first] = files;
  if (group.includedFrom.includes(main)) {
    const circle = [...group.includedFrom, main].map(loading.label).join(' → ');
    tell(item, `goes in a circle: ${circle}.`, 'Take one of them out.', loading);
    return undefined;
  }
  files
    .filter((file) => isGone(file, loading))
    .forEach((file) => {
      tell(item, `names ${file}, which does not exist.`, 'Mend the path.', loading);
    });
  return loadIncluded(item, files, main, group, loading);
}

/** Asks for the text, so that the next round knows. */
function isGone(file: string, { texts }: Loading): boolean {
  return texts.read(file) === undefined && texts.isMissing(file);
}

function loadIncluded(
  item: ComposeNode,
  files: readonly string[],
  main: string,
  group: FileGroup,
  loading: Loading,
): MapNode | undefined {
  const directory = textsOf(child(item, 'project_directory'))[0];
  const folder =
    directory === undefined || directory === ''
      ? posix.dirname(main)
      : resolvePath(directory, group.base);
  const variables = withEnvFiles(item, folder, group, loading);
  const base = { ...group.base, folder };
  const imported = loading.loadGroup(
    { files, base, variables, includedFrom: group.includedFrom },
    loading,
  );
  if (imported !== undefined) validate(imported, loading);
  return imported;
}

const sections = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

function importResources(
  from: MapNode,
  into: MapNode,
  resets: readonly Path[],
  loading: Loading,
): MapNode {
  const entries = sections.flatMap((section) => {
    const [source, target] = [from.entries.get(section), into.entries.get(section)];
    if (source?.kind !== 'map') return [];
    const merged = new Map(target?.kind === 'map' ? target.entries : []);
    for (const [name, node] of source.entries) {
      const own = merged.get(name);
      const path = [section, name];
      if (own === undefined) merged.set(name, node);
      else if (!isSame(own, node)) merged.set(name, mergeOne(node, own, path, resets, loading));
    }
    return [[section, map(merged, target ?? source)] as const];
  });
  return map([...into.entries, ...entries], into);
}

function mergeOne(
  imported: ComposeNode,
  own: ComposeNode,
  path: Path,
  resets: readonly Path[],
  loading: Loading,
): ComposeNode {
  try {
    return mergeModels(applyResets(imported, resets, path), own, path);
  } catch (error) {
    if (!(error instanceof MergeFault)) throw error;
    loading.problems.push(error.problem);
    return own;
  }
}
