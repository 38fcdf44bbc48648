import { extname } from 'node:path';

/** One file of the package, by its path in it. */
export interface PackageFile {
  readonly path: string;
  readonly content: Uint8Array;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.cjs': 'application/javascript',
  '.js': 'application/javascript',
  '.html': 'text/html',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
  '': 'text/plain',
};

/**
 * The MIME type that the package declares for a file; undefined for a kind that we do not ship.
 * tfx would ask the program `file`, which takes a small .cjs for JSON (ado-extension.md, tfx traps).
 */
export function contentType(path: string): string | undefined {
  return contentTypes[extname(path)];
}
