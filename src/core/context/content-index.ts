/** A regular file of the build context that the daemon may be sent. */
export interface IndexedFile {
  /** Relative to the context, `/` between its parts. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Of its content, hexadecimal. */
  readonly sha256: string;
}

/** What a context holds, without what .dockerignore leaves out; sorted by path. */
export type ContentIndex = readonly IndexedFile[];

/** What lies in a context folder, before anything of it is read. */
export interface ContextEntry {
  /** Relative to the context, `/` between its parts. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes; 0 for all but files. */
  readonly size: number;
}

export function totalBytes(entries: readonly { readonly size: number }[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}
