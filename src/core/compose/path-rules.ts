import type { Path } from './node.ts';

interface Step<T> {
  readonly next: Map<string, Step<T>>;
  rule?: T;
}

/** Rules for places in a project, such as `services.*.ports`; `*` stands for any key or list position. */
export class PathRules<T> {
  readonly #root: Step<T> = { next: new Map() };

  constructor(rules: Readonly<Record<string, T>>) {
    for (const [pattern, rule] of Object.entries(rules)) {
      let step = this.#root;
      for (const part of pattern.split('.')) {
        const next: Step<T> = step.next.get(part) ?? { next: new Map() };
        step.next.set(part, next);
        step = next;
      }
      step.rule = rule;
    }
  }

  /** The rule for this very place; undefined when there is none. */
  at(path: Path): T | undefined {
    return find(this.#root, path, 0);
  }
}

function find<T>(step: Step<T>, path: Path, at: number): T | undefined {
  const part = path[at];
  if (part === undefined) return step.rule;
  for (const next of [step.next.get(part), step.next.get('*')]) {
    const rule = next && find(next, path, at + 1);
    if (rule !== undefined) return rule;
  }
  return undefined;
}
