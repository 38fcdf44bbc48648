import { isAlias, LineCounter, parseDocument, visit, type Node } from 'yaml';
import { ExpressionError } from '../../expressions/tokens.ts';
import type { Position, Problem } from './problem.ts';

/** One YAML (or JSON) file being read: its nodes, and everything found wrong with it so far. */
export class SourceFile {
  readonly file: string;
  readonly root: Node | null;
  readonly problems: Problem[] = [];
  /** What is probably a mistake, but runs. */
  readonly warnings: Problem[] = [];
  private readonly lines = new LineCounter();

  /** `file` is only a name for messages. Every scalar is read as text, as Azure Pipelines does. */
  constructor(file: string, text: string) {
    this.file = file;
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: this.lines,
      prettyErrors: false,
    });
    this.root = document.contents;
    for (const error of document.errors) this.reportAt(this.at(error.pos[0]), error.message);
    this.refuseAnchors();
  }

  position(node: Node | null | undefined): Position {
    return this.at(node?.range?.[0] ?? 0);
  }

  report(node: Node | null | undefined, message: string): void {
    this.reportAt(this.position(node), message);
  }

  reportAt(at: Position | null, message: string): void {
    this.problems.push({ file: this.file, at, message });
  }

  warnAt(at: Position, message: string): void {
    this.warnings.push({ file: this.file, at, message });
  }

  /** Runs `action`; what an expression in it gets wrong becomes a problem at `at`. */
  guard<T>(at: Position, fallback: T, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.reportAt(at, error.message);
      return fallback;
    }
  }

  private at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Azure Pipelines knows no anchors; expanding them here would hide that. */
  private refuseAnchors(): void {
    if (!this.root) return;
    visit(this.root, (_key, node) => {
      if (isAlias(node))
        this.report(node, 'Azure Pipelines does not support YAML anchors and aliases');
    });
  }
}
