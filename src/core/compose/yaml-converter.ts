import {
  type AliasEvent,
  type DocumentDirective,
  EVENT_ID,
  type Event,
  SCALAR_STYLE,
  type ScalarEvent,
  getScalarValue,
} from 'js-yaml';
import { type ComposeNode, type Path, type Place, list, scalar } from './node.ts';
import { YamlFault } from './yaml-fault.ts';
import { type Converted, YamlMapping } from './yaml-mapping.ts';
import { type NodeEvent, YamlPlaces } from './yaml-places.ts';
import { readScalar } from './yaml-scalar.ts';
import { fullTag } from './yaml-tags.ts';

/** Docker's limit for one document (compose-go, loader/reset.go), counted with every alias written out. */
const maxNodes = 100_000;

interface Anchor {
  /** Undefined while the node is open. */
  converted?: Converted;
}

const none: readonly Path[] = [];

/** Makes our nodes from the parser's events, with aliases and merge keys resolved. What aliases share stays shared. */
export class YamlConverter {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #places: YamlPlaces;
  readonly #top: Place;
  #at = 0;
  #directives: readonly DocumentDirective[] = [];
  readonly #anchors = new Map<string, Anchor>();

  constructor(text: string, events: readonly Event[], file: Pick<Place, 'path' | 'label'>) {
    this.#text = text;
    this.#events = events;
    this.#places = new YamlPlaces(text, file);
    this.#top = { path: file.path, label: file.label, line: 1 };
  }

  /** @throws YamlFault */
  documents(): readonly Converted[] {
    const found: Converted[] = [];
    for (let start = this.#take(); start !== undefined; start = this.#take()) {
      if (start.type !== EVENT_ID.DOCUMENT) continue;
      this.#directives = start.directives;
      this.#anchors.clear();
      const event = this.#node();
      if (event !== undefined) found.push(this.#convert(event, this.#top));
    }
    return found;
  }

  #take(): Event | undefined {
    this.#at += 1;
    return this.#events[this.#at - 1];
  }

  /** Undefined where the map, list or document ends. */
  #node(): NodeEvent | undefined {
    const event = this.#take();
    return event?.type === EVENT_ID.POP || event?.type === EVENT_ID.DOCUMENT ? undefined : event;
  }

  /** @param around the place of an entry's key, which is that of its value as well */
  #convert(event: NodeEvent, around?: Place): Converted {
    const own = this.#places.of(event);
    const place = around ?? own;
    if (event.type === EVENT_ID.ALIAS) return this.#aliased(event, place);
    const anchor: Anchor = {};
    if (event.anchorStart >= 0) this.#anchors.set(this.#nameOf(event), anchor);
    const tag = this.#tagOf(event);
    const converted =
      event.type === EVENT_ID.SCALAR
        ? { node: this.#scalar(event, place, tag), resets: none, size: 1, isRemoved: false }
        : this.#collection(event.type === EVENT_ID.MAPPING, place);
    return (anchor.converted = tagged(converted, tag));
  }

  #collection(isMap: boolean, place: Place): Converted {
    const converted = isMap ? this.#map(place) : this.#list(place);
    if (converted.size <= maxNodes) return converted;
    const what = `The file has more than ${maxNodes} parts once its aliases are written out.`;
    throw new YamlFault(place, what, 'Use fewer aliases of large parts.');
  }

  #scalar(event: ScalarEvent, place: Place, tag: string | undefined): ComposeNode {
    const text = event.valueStart < 0 ? '' : getScalarValue(this.#text, event);
    const read = readScalar(text, { isPlain: event.style === SCALAR_STYLE.PLAIN, tag });
    if (read !== undefined) return scalar(read.value, place, read.text);
    const what = `Compose does not take the ${tag ?? 'number'} ${text}.`;
    const change = tag === undefined ? 'Put it in quotes.' : 'Mend it, or take its tag out.';
    throw new YamlFault(place, what, change);
  }

  #list(place: Place): Converted {
    const resets: Path[] = [];
    const nodes: ComposeNode[] = [];
    let size = 1;
    let count = 0;
    for (let event = this.#node(); event !== undefined; event = this.#node()) {
      const converted = this.#convert(event);
      for (const path of converted.resets) resets.push([String(count), ...path]);
      count += 1;
      size += converted.size;
      if (!converted.isRemoved) nodes.push(converted.node);
    }
    return { node: list(nodes, place), resets, size, isRemoved: false };
  }

  #map(place: Place): Converted {
    const mapping = new YamlMapping();
    for (let event = this.#node(); event !== undefined; event = this.#node()) {
      const key = this.#convert(event);
      const value = this.#node();
      if (value !== undefined) mapping.add(key, this.#convert(value, key.node.place));
    }
    return mapping.done(place);
  }

  #aliased(event: AliasEvent, place: Place): Converted {
    const name = this.#nameOf(event);
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      throw new YamlFault(place, `There is no anchor &${name} above.`, 'Define it first.');
    }
    const { converted } = anchor;
    if (converted === undefined) {
      throw new YamlFault(place, 'An alias leads into itself.', 'Take the alias out.');
    }
    const { node } = converted;
    return node.kind === 'scalar' ? { ...converted, node: { ...node, place } } : converted;
  }

  #nameOf({ anchorStart, anchorEnd }: NodeEvent): string {
    return this.#text.slice(anchorStart, anchorEnd);
  }

  #tagOf({ tagStart, tagEnd }: Exclude<NodeEvent, AliasEvent>): string | undefined {
    return tagStart < 0 ? undefined : fullTag(this.#text.slice(tagStart, tagEnd), this.#directives);
  }
}

function tagged(converted: Converted, tag: string | undefined): Converted {
  if (tag === '!reset') return { ...converted, resets: [[]], isRemoved: true };
  return tag === '!override' ? { ...converted, resets: [[]] } : converted;
}
