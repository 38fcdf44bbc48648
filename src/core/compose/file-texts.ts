/** What the files of a project hold, as far as it is known. Loading asks again when it needed more. */
export class FileTexts {
  readonly #known: ReadonlyMap<string, string | undefined>;
  readonly #unknown = new Set<string>();

  /** Text by absolute path; undefined: there is no such file. */
  constructor(known: ReadonlyMap<string, string | undefined>) {
    this.#known = known;
  }

  /** Undefined when there is no such file, and when nobody has looked yet. */
  read(path: string): string | undefined {
    if (!this.#known.has(path)) this.#unknown.add(path);
    return this.#known.get(path);
  }

  /** Looked at, and not there. */
  isMissing(path: string): boolean {
    return this.#known.has(path) && this.#known.get(path) === undefined;
  }

  /** What was asked for and nobody has looked at yet. */
  get unknown(): readonly string[] {
    return [...this.#unknown];
  }
}
