/** A file that `npm run generate` makes. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: string | Uint8Array;
}
