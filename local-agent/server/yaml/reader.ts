import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Position } from './problem.ts';
import type { SourceFile } from './source-file.ts';

/** A value and where it stands in its file. */
export interface Located<T> {
  readonly value: T;
  readonly at: Position;
}

/** One `key: value` of a mapping; the key's text is already substituted. */
export interface Entry {
  readonly key: string;
  readonly keyAt: Position;
  readonly node: Node | null;
}

/** Replaces `${{ }}` (pipelines) or `${env:NAME}` (resources) in one text. Throws ExpressionError. */
export type Substitute = (text: string) => string;

/** Reads nodes of one file into plain values; what does not fit becomes a problem and a harmless default. */
export class Reader {
  readonly source: SourceFile;
  private readonly substitute: Substitute;

  constructor(source: SourceFile, substitute: Substitute) {
    this.source = source;
    this.substitute = substitute;
  }

  /** The same file with other values for `${{ }}`. */
  with(substitute: Substitute): Reader {
    return new Reader(this.source, substitute);
  }

  /** The entries of a mapping, or of nothing. `what` names it in the message. */
  entries(node: Node | null, what: string): Entry[] {
    if (isNothing(node)) return [];
    if (!isMap<Node, Node | null>(node)) {
      this.source.report(node, `expected ${what} to be a mapping (key: value)`);
      return [];
    }
    return node.items.map(({ key, value }) => ({
      key: this.text(key, 'a key').value,
      keyAt: this.source.position(key),
      node: value,
    }));
  }

  /** The mapping's entries by key; keys outside `known` are problems that say what was expected. */
  fields(node: Node | null, what: string, known: readonly string[]): Map<string, Entry> {
    const fields = new Map<string, Entry>();
    for (const entry of this.entries(node, what)) {
      if (known.includes(entry.key)) fields.set(entry.key, entry);
      else this.unknownKey(entry, what, known);
    }
    return fields;
  }

  items(node: Node | null, what: string): Node[] {
    if (isSeq<Node>(node)) return node.items;
    this.source.report(node, `expected ${what} to be a list (lines that start with "- ")`);
    return [];
  }

  text(node: Node | null, what: string): Located<string> {
    const at = this.source.position(node);
    if (isNothing(node)) return { value: '', at };
    if (!isScalar(node)) {
      this.source.report(
        node,
        `expected ${what} to be text, found ${isMap(node) ? 'a mapping' : 'a list'}`,
      );
      return { value: '', at };
    }
    const raw = String(node.value);
    return { value: this.source.guard(at, '', () => this.substitute(raw)), at };
  }

  unknownKey(entry: Entry, what: string, known: readonly string[]): void {
    this.source.reportAt(
      entry.keyAt,
      `unknown key "${entry.key}" in ${what}; expected one of: ${known.join(', ')}`,
    );
  }
}

function isNothing(node: Node | null): boolean {
  return node === null || (isScalar(node) && (node.value === null || node.value === ''));
}
