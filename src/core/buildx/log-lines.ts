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
  readonly #tails = new Map<string, string[]>();
  readonly #lastErrors = new Map<string, string>();

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
    return pieces.map((text) => this.#keep(chunk, text, chunk.timestamp));
  }

  /** What a vertex left without a line end, once nothing more comes of it. */
  flush(vertex: string): readonly LogLine[] {
    return [1, 2].flatMap((stream) => {
      const key = `${vertex} ${stream}`;
      const pending = this.#pending.get(key);
      this.#pending.delete(key);
      return pending === undefined || pending.text === ''
        ? []
        : [this.#keep({ vertex, stream }, pending.text, pending.timestampMs)];
    });
  }

  /** Drops what is kept of vertices whose digests begin so. */
  forget(prefix: string): void {
    for (const kept of [this.#pending, this.#tails, this.#lastErrors]) forgetKeys(kept, prefix);
  }

  /** The last lines of a vertex. */
  tailOf(vertex: string): readonly string[] {
    return this.#tails.get(vertex) ?? [];
  }

  /**
   * The line most likely to say what went wrong: the last one on stderr, else the last one. The streams
   * race, so that the very last line may be ordinary output.
   */
  lastWordsOf(vertex: string): string | undefined {
    return this.#lastErrors.get(vertex) ?? this.tailOf(vertex).findLast(isTelling);
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

  #keep({ vertex, stream }: Origin, raw: string, timestampMs: number): LogLine {
    const text = lastWritten(raw);
    const tail = this.#tails.get(vertex) ?? [];
    this.#tails.set(vertex, [...tail, text].slice(-keptLines));
    if (stream === stderr && isTelling(text)) this.#lastErrors.set(vertex, text);
    return { vertex, text, timestampMs };
  }
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
