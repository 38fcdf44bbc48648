import { type Document, type LineCounter, isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import { type ComposeNode, type Path, type Place, list, map, scalar } from './node.ts';
import { YamlFault } from './yaml-fault.ts';
import { readPlainScalar } from './yaml-scalar.ts';

/** Docker's limit for one document (compose-go, loader/reset.go), counted with every alias written out. */
const maxNodes = 100_000;

/** Deeper data is a mistake or an attack. */
const maxDepth = 200;

interface Converted {
  readonly node: ComposeNode;
  /** Below the node. */
  readonly resets: readonly Path[];
  readonly size: number;
  readonly isRemoved: boolean;
}

/** Makes our nodes from the parser's, with aliases and merge keys resolved. What aliases share stays shared. */
export class YamlConverter {
  readonly #file: Pick<Place, 'path' | 'label'>;
  readonly #lines: LineCounter;
  #anchors = new Map<string, unknown>();
  #done = new Map<unknown, Converted>();
  readonly #open = new Set<unknown>();

  constructor(file: Pick<Place, 'path' | 'label'>, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  /** @throws YamlFault */
  document(document: Document): { readonly root: ComposeNode; readonly resets: readonly Path[] } {
    this.#anchors = new Map();
    this.#done = new Map();
    const { node, resets } = this.#convert(document.contents, this.#place(0));
    return { root: node, resets };
  }

  #convert(source: unknown, place: Place): Converted {
    const target = isAlias(source) ? this.#targetOf(source.source, place) : source;
    this.#rememberAnchor(target);
    if (this.#open.has(target) || this.#open.size > maxDepth) {
      throw new YamlFault(place, 'An alias leads into itself.', 'Take the alias out.');
    }
    const known = this.#done.get(target);
    if (known !== undefined) return known;
    this.#open.add(target);
    const converted = this.#tagged(target, place);
    this.#open.delete(target);
    if (converted.size > maxNodes) {
      const what = `The file has more than ${maxNodes} parts once its aliases are written out.`;
      throw new YamlFault(place, what, 'Use fewer aliases of large parts.');
    }
    if (isMap(target) || isSeq(target)) this.#done.set(target, converted);
    return converted;
  }

  #tagged(target: unknown, place: Place): Converted {
    const tag = (target as { tag?: string } | null)?.tag;
    const converted = this.#untagged(target, place, tag);
    if (tag === '!reset') return { ...converted, resets: [[]], isRemoved: true };
    return tag === '!override' ? { ...converted, resets: [[]] } : converted;
  }

  #untagged(target: unknown, place: Place, tag: string | undefined): Converted {
    if (isMap(target)) return this.#map(target.items, place);
    if (isSeq(target)) return this.#list(target.items, place);
    return { node: this.#scalar(target, place, tag), resets: [], size: 1, isRemoved: false };
  }

  #scalar(target: unknown, place: Place, tag: string | undefined): ComposeNode {
    const text = isScalar<string | null>(target) ? (target.value ?? '') : '';
    const isText = tag !== undefined && !/^tag:yaml\.org,2002:(?:int|float|bool|null)$/.test(tag);
    if ((isScalar(target) && target.type !== 'PLAIN') || isText) return scalar(text, place);
    const read = readPlainScalar(text);
    if (read !== undefined) return scalar(read.value, place, read.text);
    throw new YamlFault(place, `Compose does not take the number ${text}.`, 'Put it in quotes.');
  }

  #list(items: readonly unknown[], place: Place): Converted {
    const resets: Path[] = [];
    const nodes: ComposeNode[] = [];
    let size = 1;
    items.forEach((item, at) => {
      const converted = this.#convert(item, this.#placeOf(item, place));
      resets.push(...converted.resets.map((path) => [String(at), ...path]));
      size += converted.size;
      if (!converted.isRemoved) nodes.push(converted.node);
    });
    return { node: list(nodes, place), resets, size, isRemoved: false };
  }

  #map(pairs: readonly unknown[], place: Place): Converted {
    const own = new Map<string, ComposeNode>();
    const merged = new Map<string, ComposeNode>();
    const resets: Path[] = [];
    let size = 1;
    for (const pair of pairs.filter(isPair)) {
      const at = this.#placeOf(pair.key, place);
      const key = this.#key(pair.key, at);
      const converted = this.#convert(pair.value, at);
      size += converted.size;
      const isMerge = key === '<<';
      resets.push(...converted.resets.map((path) => (isMerge ? path : [key, ...path])));
      if (isMerge) this.#merge(converted.node, merged, at);
      else if (!converted.isRemoved) own.set(key, converted.node);
    }
    const inherited = [...merged].filter(([key]) => !own.has(key));
    return { node: map([...inherited, ...own], { place }), resets, size, isRemoved: false };
  }

  /** The first of several sources wins (YAML merge keys). */
  #merge(source: ComposeNode, into: Map<string, ComposeNode>, place: Place): void {
    const sources = source.kind === 'list' ? source.items : [source];
    for (const from of sources) {
      if (from.kind !== 'map') {
        throw new YamlFault(place, '<< expected a map or a list of maps.', 'Write <<: *anchor.');
      }
      for (const [key, value] of from.entries) if (!into.has(key)) into.set(key, value);
    }
  }

  #key(source: unknown, place: Place): string {
    const { node } = this.#convert(source, place);
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
    const found = node.kind === 'scalar' ? node.text || 'nothing' : `a ${node.kind}`;
    throw new YamlFault(place, `Expected a text as key, found ${found}.`, 'Put the key in quotes.');
  }

  #targetOf(name: string, place: Place): unknown {
    if (this.#anchors.has(name)) return this.#anchors.get(name);
    throw new YamlFault(place, `There is no anchor &${name} above.`, 'Define it first.');
  }

  #rememberAnchor(source: unknown): void {
    const name = (source as { anchor?: string } | null)?.anchor;
    if (name !== undefined) this.#anchors.set(name, source);
  }

  #placeOf(source: unknown, otherwise: Place): Place {
    const start = (source as { range?: [number] | null } | null)?.range?.[0];
    return start === undefined ? otherwise : this.#place(start);
  }

  #place(offset: number): Place {
    return { ...this.#file, line: Math.max(1, this.#lines.linePos(offset).line) };
  }
}
