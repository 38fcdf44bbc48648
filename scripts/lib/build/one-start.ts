import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { Plugin } from 'esbuild';

const part = 'a part that loads later';

/**
 * An esbuild plugin that keeps what a task loads at once in one file: every file costs half a millisecond
 * of every step. esbuild makes one file of the modules that the same entries reach, so each dynamically
 * imported part is made to reach the module that all start with, which has long been loaded by then.
 * A part must not take the default import of task-lib itself: esbuild does not know a file that a plugin loads as a
 * module of Node, and `default` is undefined there.
 */
export function oneStart(start: string): Plugin {
  return {
    name: 'one-start',
    setup: (bundler) => {
      bundler.onResolve({ filter: /^\.\.?\// }, async ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const resolved = await bundler.resolve(path, {
          kind: 'import-statement',
          importer,
          resolveDir,
        });
        return { path: resolved.path, pluginData: part };
      });
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path, pluginData }) => {
        if (pluginData !== part) return undefined;
        const contents = `${await readFile(path, 'utf8')}\nimport '${importPath(path, start)}';`;
        return { contents, loader: 'ts', resolveDir: dirname(path) };
      });
    },
  };
}

/**
 * How `file` imports `other`, such as `../../src/x.ts`. Never by an absolute path: source maps hold it, so the
 * bundle would depend on the folder it was built in.
 */
export function importPath(file: string, other: string): string {
  return relative(dirname(file), other).replace(/^(?!\.)/, './');
}
