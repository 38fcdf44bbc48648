/** A longer line is cut: only its beginning is kept. */
const longestKept = 4096;

/** The last lines of an output without end, in bounded memory. */
export class LastLines {
  readonly #most: number;
  readonly #lines: string[] = [];

  /** @param most how many lines are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** In order, the last line last. */
  get all(): readonly string[] {
    return this.#lines;
  }

  push(...lines: readonly string[]): void {
    this.#lines.push(...lines.slice(-this.#most).map(ownCopy));
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  clear(): void {
    this.#lines.length = 0;
  }
}

/** V8's part of a string keeps the whole of it in memory, which may be a megabyte of output around the line. */
function ownCopy(line: string): string {
  return Buffer.from(line.slice(0, longestKept)).toString();
}
