import {
  type Document,
  LineCounter,
  type Node,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';
import type { Problem, SourcePlace } from '../errors.ts';

/** A compose file as the user wrote it. */
export interface ComposeFile {
  /** Absolute. */
  readonly path: string;
  /** As it is shown, e.g. relative to the sources folder. */
  readonly label: string;
  readonly text: string;
}

export type Path = readonly (string | number)[];

/** The file's YAML with the lines of its parts. */
export interface ComposeDocument {
  readonly file: ComposeFile;
  readonly yaml: Document.Parsed;
  readonly lines: LineCounter;
}

/** Anchors may be used; a document whose aliases multiply beyond this is an attack, not a compose file. */
const maxAliasCount = 100;

export function readDocument(file: ComposeFile): ComposeDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(file.text, { lineCounter: lines, merge: true, prettyErrors: false });
  return { file, yaml, lines };
}

/** What breaks YAML itself: duplicate keys, wrong indentation, a second document … */
export function syntaxProblems({ file, yaml, lines }: ComposeDocument): readonly Problem[] {
  return yaml.errors.map((error) =>
    problemAt(file, lines.linePos(error.pos[0]).line, {
      what: `${error.message}.`,
      change: 'Mend the YAML.',
    }),
  );
}

/** The plain data, aliases and merges resolved; a problem when aliases explode. */
export function plainData(document: ComposeDocument): unknown {
  return document.yaml.toJS({ maxAliasCount }) as unknown;
}

/** Where a part of the file stands: the line of its key, else of the nearest part around it. */
export function placeOf({ file, yaml, lines }: ComposeDocument, path: Path): SourcePlace {
  let node: unknown = yaml.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const next = child(node, step, yaml);
    if (next === undefined) break;
    offset = startOf(next.key) ?? startOf(next.value) ?? offset;
    node = next.value;
  }
  return { path: file.path, line: lines.linePos(offset).line };
}

export function problemAt(
  file: ComposeFile,
  line: number,
  { what, change }: Pick<Problem, 'what' | 'change'>,
): Problem {
  return { where: `${file.label}:${line}`, what, change, place: { path: file.path, line } };
}

interface Child {
  readonly key: unknown;
  readonly value: unknown;
}

function child(holder: unknown, step: string | number, yaml: Document): Child | undefined {
  const node = isAlias(holder) ? holder.resolve(yaml) : holder;
  if (isSeq(node)) return { key: undefined, value: node.items[Number(step)] };
  if (!isMap(node)) return undefined;
  const own = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (own !== undefined) return { key: own.key, value: own.value };
  const merged = node.items.filter(({ key }) => isScalar(key) && String(key.value) === '<<');
  const sources = merged.flatMap(({ value }) => (isSeq(value) ? value.items : [value]));
  return sources.map((source) => child(source, step, yaml)).find((found) => found !== undefined);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
