import { readFileSync } from 'node:fs';
import { PlainLines } from '../../src/core/buildx/plain-lines.ts';
import { parseProgressLine } from '../../src/core/buildx/rawjson.ts';
import { VertexTable } from '../../src/core/buildx/vertex-table.ts';

/** A captured build, played through the parser, the table and the renderer. */
export interface Replay {
  readonly table: VertexTable;
  readonly plain: PlainLines;
  /** What a user would read. */
  readonly lines: readonly string[];
  /** Lines that were no events. */
  readonly texts: readonly string[];
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/buildx/${name}`, import.meta.url), 'utf8');
}

export function replayBuild(name: string): Replay {
  return replay(fixture(`${name}.rawjson`).split('\n'));
}

export function replay(raw: readonly string[]): Replay {
  const table = new VertexTable();
  const plain = new PlainLines(table);
  const lines: string[] = [];
  const texts: string[] = [];
  for (const line of raw) {
    const event = parseProgressLine(line);
    if (event === undefined) texts.push(line);
    else {
      table.accept(event);
      lines.push(...plain.accept(event));
    }
  }
  return { table, plain, lines, texts };
}
