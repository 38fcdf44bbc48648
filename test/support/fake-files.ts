import type { Files } from '../../src/ports/files.ts';

interface Entry {
  readonly text: string;
  readonly mode: number;
}

/** Files in memory. Folders exist when made, or when a file lies below them. */
export class FakeFiles implements Files {
  readonly entries = new Map<string, Entry>();
  readonly folders = new Map<string, number>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.entries.set(path, { text, mode: 0o644 });
  }

  readText(path: string): Promise<string | undefined> {
    return Promise.resolve(this.entries.get(path)?.text);
  }

  writeText(path: string, text: string, mode = 0o600): Promise<void> {
    this.entries.set(path, { text, mode });
    return Promise.resolve();
  }

  appendText(path: string, text: string): Promise<void> {
    const known = this.entries.get(path)?.text ?? '';
    return this.writeText(path, known + text);
  }

  canWrite(path: string): Promise<boolean> {
    return Promise.resolve(this.entries.has(path));
  }

  size(path: string): Promise<number | undefined> {
    const text = this.entries.get(path)?.text;
    return Promise.resolve(text === undefined ? undefined : Buffer.byteLength(text));
  }

  /** Nothing changes by itself: the time is that of the text, which tells two texts apart. */
  changedAt(path: string): Promise<number | undefined> {
    return this.size(path);
  }

  makeDirectory(path: string, mode = 0o700): Promise<void> {
    this.folders.set(path, mode);
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    for (const map of [this.entries, this.folders]) {
      for (const known of [...map.keys()]) if (isWithin(known, path)) map.delete(known);
    }
    return Promise.resolve();
  }

  exists(path: string): Promise<'file' | 'directory' | undefined> {
    if (this.entries.has(path)) return Promise.resolve('file');
    const known = [...this.entries.keys(), ...this.folders.keys()];
    return Promise.resolve(known.some((each) => isWithin(each, path)) ? 'directory' : undefined);
  }

  listBelow(path: string, without: readonly string[]): Promise<readonly string[]> {
    const below = [...this.entries.keys()]
      .filter((known) => known.startsWith(`${path}/`))
      .map((known) => known.slice(path.length + 1))
      .filter((known) => !known.split('/').some((part) => without.includes(part)));
    return Promise.resolve(below.sort());
  }

  list(path: string): Promise<readonly string[]> {
    const below = [...this.entries.keys(), ...this.folders.keys()]
      .filter((known) => known.startsWith(`${path}/`))
      .map((known) => known.slice(path.length + 1).split('/')[0] ?? '');
    return Promise.resolve([...new Set(below)].sort());
  }
}

function isWithin(known: string, path: string): boolean {
  return known === path || known.startsWith(`${path}/`);
}
