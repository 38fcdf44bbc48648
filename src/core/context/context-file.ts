/** What lies in a context folder, before anything of it is read. */
export interface ContextEntry {
  /** Below the context, with `/` between. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  /** 0 for all but files. */
  readonly bytes: number;
}

/** A file or link of the context that the daemon may be sent: nothing that .dockerignore leaves out. */
export interface ContextFile {
  /** Below the context, with `/` between. */
  readonly path: string;
  /** 0 for a link. */
  readonly bytes: number;
  /** SHA-256 over all that BuildKit looks at in a `COPY`: kind, mode, and content or target; hexadecimal. */
  readonly digest: string;
}

export function totalBytes(entries: readonly { readonly bytes: number }[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}
