import { LastLines } from '../text/last-lines.ts';
import { forgetKeys } from './platform-events.ts';
import type { LogChunk } from './rawjson.ts';

/** A line a step printed. */
export interface LogLine {
  readonly vertex: string;
  readonly text: string;
  /** Epoch ms of its last piece. */
  readonly timestampMs: number;
}

/** A line without an end is handed on at this length, so that memory stays bounded. */
const longestLine = 32 * 1024;
const keptLines = 20;

type Origin = Pick<LogChunk, 'vertex' | 'stream'>;

const stderr = 2;

interface Pending {
  readonly decoder: InstanceType<typeof TextDecoder>;
  text: string;
  timestampMs: number;
}

/** Joins the pieces of a build's output to lines, each stream of each vertex for itself. */
export class LogLines {
  readonly #pending = new Map<string, Pending>();
  readonly #tails = new Map<string, LastLines>();
  readonly #lastErrors = new Map<string, LastLines>();

  /** The lines that this piece completes. */
  accept(chunk: LogChunk): readonly LogLine[] {
    const pending = this.#pendingOf(`${chunk.vertex} ${chunk.stream}`);
    pending.timestampMs = chunk.timestamp;
    pending.text += pending.decoder.decode(chunk.data, { stream: true });
    const pieces = pending.text.split('\n');
    pending.text = pieces.pop() ?? '';
    if (pending.text.length >= longestLine) {
      pieces.push(pending.text);
      pending.text = '';
    }
    return this.#keep(chunk, pieces.map(lastWritten), chunk.timestamp);
  }

  /** What a vertex left without a line end, once nothing more comes of it. */
  flush(vertex: string): readonly LogLine[] {
    return [1, 2].flatMap((stream) => {
      const key = `${vertex} ${stream}`;
      const pending = this.#pending.get(key);
      this.#pending.delete(key);
      if (pending === undefined || pending.text === '') return [];
      return this.#keep({ vertex, stream }, [lastWritten(pending.text)], pending.timestampMs);
    });
  }

  /** Drops what is kept of vertices whose digests begin so. */
  forget(prefix: string): void {
    for (const kept of [this.#pending, this.#tails, this.#lastErrors]) forgetKeys(kept, prefix);
  }

  /** The last lines of a vertex. */
  tailOf(vertex: string): readonly string[] {
    return this.#tails.get(vertex)?.all ?? [];
  }

  /**
   * The line most likely to say what went wrong: the last one on stderr, else the last one. The streams
   * race, so that the very last line may be ordinary output.
   */
  lastWordsOf(vertex: string): string | undefined {
    return this.#lastErrors.get(vertex)?.all[0] ?? this.tailOf(vertex).findLast(isTelling);
  }

  #pendingOf(key: string): Pending {
    const pending = this.#pending.get(key) ?? {
      decoder: new TextDecoder(),
      text: '',
      timestampMs: 0,
    };
    this.#pending.set(key, pending);
    return pending;
  }

  #keep(
    { vertex, stream }: Origin,
    texts: readonly string[],
    timestampMs: number,
  ): readonly LogLine[] {
    keptOf(this.#tails, vertex, keptLines).push(...texts.slice(-keptLines));
    const lastError = stream === stderr ? texts.findLast(isTelling) : undefined;
    if (lastError !== undefined) keptOf(this.#lastErrors, vertex, 1).push(lastError);
    return texts.map((text) => ({ vertex, text, timestampMs }));
  }
}

function keptOf(kept: Map<string, LastLines>, vertex: string, most: number): LastLines {
  const lines = kept.get(vertex) ?? new LastLines(most);
  kept.set(vertex, lines);
  return lines;
}

function isTelling(line: string): boolean {
  return line.trim() !== '';
}

/** What a terminal would show of a line that was written over with carriage returns. */
function lastWritten(line: string): string {
  return (
    line
      .split('\r')
      .filter((part) => part !== '')
      .at(-1) ?? ''
  );
}
