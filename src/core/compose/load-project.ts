import type { Problem, SourcePlace } from '../errors.ts';
import { FileTexts } from './file-texts.ts';
import type { Variables } from './interpolate.ts';
import { loadGroup } from './load-group.ts';
import { type LoadRequest, inlinePath } from './load-request.ts';
import type { Loading } from './loading.ts';
import type { ComposeProject } from './model.ts';
import { projectName } from './project-name.ts';
import { problemAt } from './read-yaml.ts';
import { readProject } from './read-project.ts';

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
  const loading = newLoading(request, known);
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

function newLoading(
  { label, inline }: LoadRequest,
  known: ReadonlyMap<string, string | undefined>,
): Loading {
  const texts = new FileTexts(inline === undefined ? known : knownWith(inline.text, known));
  const empty = { problems: [], unset: new Set<string>(), warnings: new Set<string>() };
  return { loadGroup, texts, label, ...empty, ...(inline === undefined ? {} : { inline }) };
}

function knownWith(
  text: string,
  known: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, string | undefined> {
  return new Map([...known, [inlinePath, text]]);
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

/** File by file and line by line, each once. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((p) => [`${p.where ?? ''}\n${p.what}`, p]));
  const key = ({ place }: { readonly place?: SourcePlace }): string => place?.path ?? '';
  return [...unique.values()].sort(
    (a, b) => key(a).localeCompare(key(b)) || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
}
