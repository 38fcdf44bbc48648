import type { ContentIndex, ContextEntry } from '../core/context/content-index.ts';
import type { IgnoreRules } from '../core/context/ignore-rules.ts';

/** The folder that a build takes its files from. Paths of entries are relative to it. */
export interface ContextFolder {
  /**
   * What the rules let through, sorted by path. The list ends early beyond `limit` entries.
   * @throws the file system's error
   */
  list(root: string, rules: IgnoreRules, limit: number): Promise<readonly ContextEntry[]>;
  /** Reads the files among the entries; one that has vanished is left out. */
  index(root: string, entries: readonly ContextEntry[]): Promise<ContentIndex>;
  /**
   * Copies the entries into a new folder, with their modes. Index and times are made from the copy, which nobody
   * changes any more.
   * @param timeOf seconds since the epoch, for the SHA-256 of a file's content or of a link's target
   * @throws the file system's error, or one for a folder that could not be removed later
   */
  copy(
    root: string,
    entries: readonly ContextEntry[],
    target: string,
    timeOf: (sha256: string) => number,
  ): Promise<ContentIndex>;
}
