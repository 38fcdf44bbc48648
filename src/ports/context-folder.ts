import type { ContextEntry, ContextFile } from '../core/context/context-file.ts';
import type { IgnoreRules } from '../core/context/ignore-rules.ts';

/** The folder that a build takes its files from. Paths of entries are relative to it. */
export interface ContextFolder {
  /**
   * What the rules let through, sorted by path. The list ends early beyond `limit` entries.
   * @throws the file system's error
   */
  list(root: string, rules: IgnoreRules, limit: number): Promise<readonly ContextEntry[]>;
  /** Reads the files and links among the entries, in their order; one that has vanished is left out. */
  index(root: string, entries: readonly ContextEntry[]): Promise<readonly ContextFile[]>;
  /**
   * Copies the entries into a new folder, with their modes. Digests and times are made from the copy, which
   * nobody changes any more.
   * @param timeOf seconds since the epoch, for the digest of a file or link
   * @throws the file system's error, or one for a folder that could not be removed later
   */
  copy(
    root: string,
    entries: readonly ContextEntry[],
    target: string,
    timeOf: (digest: string) => number,
  ): Promise<readonly ContextFile[]>;
  /**
   * The folder itself, where the path leads to it by links.
   * @throws the file system's error
   */
  realPath(path: string): Promise<string>;
  /** Makes `path` a link to a folder; folders above it are made. */
  link(folder: string, path: string): Promise<void>;
}
