import { type ComposeNode, type Path, mapChildren } from './node.ts';

/**
 * Rules for places in a project, such as `services.*.ports`; `*` stands for any key or list position, and a name
 * goes before it. Each step down a path is again such rules, so that a walk carries them along, and leaves out
 * what has none.
 */
export class PathRules<T> {
  readonly #below = new Map<string, PathRules<T>>();
  #rule: T | undefined;

  constructor(rules: Readonly<Record<string, T>> = {}) {
    for (const [pattern, rule] of Object.entries(rules)) this.#add(pattern.split('.'), rule);
    this.#spread();
  }

  /** The rule for this very place; undefined when there is none. */
  get rule(): T | undefined {
    return this.#rule;
  }

  /** The rules one key or list position deeper; undefined when nothing below has one. */
  below(key: string): PathRules<T> | undefined {
    return this.#below.get(key) ?? this.#below.get('*');
  }

  /** The rule at the end of a path. */
  at(path: Path): T | undefined {
    return path.reduce<PathRules<T> | undefined>((here, key) => here?.below(key), this)?.rule;
  }

  #add([key, ...rest]: readonly string[], rule: T): void {
    if (key === undefined) this.#rule = rule;
    else this.#step(key).#add(rest, rule);
  }

  #step(key: string): PathRules<T> {
    const known = this.#below.get(key);
    if (known !== undefined) return known;
    const step = new PathRules<T>();
    this.#below.set(key, step);
    return step;
  }

  /** What stands below `*` is put below each name beside it as well, so that one look tells the way down. */
  #spread(): void {
    const any = this.#below.get('*');
    for (const [key, step] of this.#below) {
      if (any !== undefined && key !== '*') step.#inherit(any);
      step.#spread();
    }
  }

  #inherit(from: PathRules<T>): void {
    this.#rule ??= from.#rule;
    for (const [key, step] of from.#below) this.#step(key).#inherit(step);
  }
}

/** Every entry of a map or list that rules are for, or parts of it, through a function; the others stay. */
export function mapRuled<T>(
  node: ComposeNode,
  rules: PathRules<T>,
  change: (child: ComposeNode, rules: PathRules<T>) => ComposeNode,
): ComposeNode {
  return mapChildren(node, (child, key) => {
    const below = rules.below(key);
    return below === undefined ? child : change(child, below);
  });
}
