import { type ComposeNode, type Path, type Place, isText } from './node.ts';
import { YamlFault } from './yaml-fault.ts';

/** A node, and what only the map or list around it can use. */
export interface Converted {
  readonly node: ComposeNode;
  /** Where `!reset` and `!override` stand, below the node. */
  readonly resets: readonly Path[];
  /** Of nodes, with every alias written out. */
  readonly size: number;
  /** `!reset` takes it out of its map or list. */
  readonly isRemoved: boolean;
}

/** A map as it grows by its entries. */
export class YamlMapping {
  readonly #keys = new Set<string>();
  readonly #own = new Map<string, ComposeNode>();
  readonly #inherited = new Map<string, ComposeNode>();
  readonly #resets: Path[] = [];
  #size = 1;

  /** @throws YamlFault */
  add(key: Converted, value: Converted): void {
    const { place } = key.node;
    const name = textOf(key.node);
    if (this.#keys.has(name)) {
      throw new YamlFault(place, 'The same key stands here a second time.', 'Mend the YAML.');
    }
    this.#keys.add(name);
    this.#size += value.size;
    const isMerge = name === '<<';
    for (const path of value.resets) this.#resets.push(isMerge ? path : [name, ...path]);
    if (isMerge) this.#merge(value.node, place);
    else if (!value.isRemoved) this.#own.set(name, value.node);
  }

  done(place: Place): Converted {
    for (const name of this.#own.keys()) this.#inherited.delete(name);
    const isPlain = this.#inherited.size === 0;
    const entries = isPlain ? this.#own : new Map([...this.#inherited, ...this.#own]);
    const node = { kind: 'map', entries, place } as const;
    return { node, resets: this.#resets, size: this.#size, isRemoved: false };
  }

  /** The first of several sources wins (YAML merge keys). */
  #merge(source: ComposeNode, place: Place): void {
    const sources = source.kind === 'list' ? source.items : [source];
    for (const from of sources) {
      if (from.kind !== 'map') {
        throw new YamlFault(place, '<< expected a map or a list of maps.', 'Write <<: *anchor.');
      }
      for (const [key, value] of from.entries) {
        if (!this.#inherited.has(key)) this.#inherited.set(key, value);
      }
    }
  }
}

function textOf(key: ComposeNode): string {
  if (isText(key)) return key.value;
  const found = key.kind === 'scalar' ? key.text || 'nothing' : `a ${key.kind}`;
  const what = `Expected a text as key, found ${found}.`;
  throw new YamlFault(key.place, what, 'Put the key in quotes.');
}
