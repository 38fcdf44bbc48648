/** The few things the tasks do with files. Paths are absolute. */
export interface Files {
  /** Undefined when the file does not exist; other failures reject. UTF-8. */
  readText(path: string): Promise<string | undefined>;
  /** Creates parent folders (0700) and the file (0600 unless told otherwise), atomically by rename. */
  writeText(path: string, text: string, mode?: number): Promise<void>;
  /** Adds to a file, which is made 0600 with its folders (0700) when it is missing. */
  appendText(path: string, text: string): Promise<void>;
  /** False also when it does not exist. */
  canWrite(path: string): Promise<boolean>;
  /** Bytes in a file; undefined when it does not exist. */
  size(path: string): Promise<number | undefined>;
  /** When the file or what stands in its place last changed, in ms since the epoch; undefined when it cannot be seen. */
  changedAt(path: string): Promise<number | undefined>;
  makeDirectory(path: string, mode?: number): Promise<void>;
  /** A file or a whole folder; missing is success. */
  remove(path: string): Promise<void>;
  exists(path: string): Promise<'file' | 'directory' | undefined>;
  /** Names in a folder, sorted; empty when it does not exist. */
  list(path: string): Promise<readonly string[]>;
  /**
   * Paths of the files below a folder, relative to it, sorted; at most 100 000, the nearest first. What lies in
   * folders of these names, or in folders that cannot be read, is left out; links to folders are not followed.
   */
  listBelow(path: string, without: readonly string[]): Promise<readonly string[]>;
}
