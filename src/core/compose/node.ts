/** Where a part of a compose file stands. */
export interface Place {
  /** Absolute. */
  readonly path: string;
  /** The file as it is shown, e.g. relative to the sources folder. */
  readonly label: string;
  /** 1-based. */
  readonly line: number;
}

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** The value as Docker prints it: 1e6 is `1e+06`, a date a whole time stamp. */
  readonly text: string;
  readonly place: Place;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ComposeNode[];
  readonly place: Place;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ComposeNode>;
  readonly place: Place;
}

/** YAML data that knows its lines. Never changed: every step makes new nodes and keeps what it did not touch. */
export type ComposeNode = ScalarNode | ListNode | MapNode;

/** Keys and list positions from the top of the project. */
export type Path = readonly string[];

export function scalar(value: ScalarValue, place: Place, text = textOf(value)): ScalarNode {
  return { kind: 'scalar', value, text, place };
}

export function list(items: readonly ComposeNode[], place: Place): ListNode {
  return { kind: 'list', items, place };
}

export function map(
  entries: Iterable<readonly [string, ComposeNode]>,
  { place }: { readonly place: Place },
): MapNode {
  return { kind: 'map', entries: new Map(entries), place };
}

/** A map made by us, each part standing where `place` is. */
export function mapOf(values: Readonly<Record<string, ScalarValue>>, place: Place): MapNode {
  const entries = Object.entries(values).map(
    ([key, value]) => [key, scalar(value, place)] as const,
  );
  return map(entries, { place });
}

function textOf(value: ScalarValue): string {
  return value === null ? '' : String(value);
}

export function isText(node: ComposeNode): node is ScalarNode & { readonly value: string } {
  return node.kind === 'scalar' && typeof node.value === 'string';
}

/** The entry of a map; undefined when there is none, or no map. */
export function child(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined;
}

/** A map with one entry set. */
export function withEntry(node: MapNode, key: string, value: ComposeNode): MapNode {
  return map([...node.entries, [key, value]], node);
}

export function withoutEntry(node: MapNode, key: string): MapNode {
  return map(
    [...node.entries].filter(([name]) => name !== key),
    node,
  );
}

/**
 * Every entry of a map or list through a function, with its key or list position; what the function leaves as it
 * is, is not copied.
 */
export function mapChildren(
  node: ComposeNode,
  change: (child: ComposeNode, key: string) => ComposeNode,
): ComposeNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items = node.items.map((item, at) => change(item, String(at)));
    return items.every((item, at) => item === node.items[at]) ? node : list(items, node.place);
  }
  let changed: Map<string, ComposeNode> | undefined;
  for (const [key, value] of node.entries) {
    const made = change(value, key);
    if (made !== value) changed = (changed ?? new Map(node.entries)).set(key, made);
  }
  return changed === undefined ? node : { kind: 'map', entries: changed, place: node.place };
}

/** Plain data, for validation. */
export function plain(node: ComposeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(Array.from(node.entries, ([key, value]) => [key, plain(value)]));
}

/** The place of the part at a path, else of the nearest part around it. */
export function placeAt(node: ComposeNode, path: Path): Place {
  const [first, ...rest] = path;
  if (first === undefined) return node.place;
  const next = node.kind === 'list' ? node.items[Number(first)] : child(node, first);
  return next === undefined ? node.place : placeAt(next, rest);
}

/** True when two parts say the same, wherever they stand. */
export function isSame(a: ComposeNode, b: ComposeNode): boolean {
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.value === b.value;
  if (a.kind === 'list') {
    if (b.kind !== 'list' || a.items.length !== b.items.length) return false;
    return a.items.every((item, at) => isSame(item, b.items[at] ?? item));
  }
  if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, value]) => {
    const other = b.entries.get(key);
    return other !== undefined && isSame(value, other);
  });
}
