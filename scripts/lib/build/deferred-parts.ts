import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** A module that task-lib loads at its start although a task reaches it seldom or never. */
interface DeferredPart {
  /** As task-lib requires it. */
  readonly specifier: string;
  /** The file it goes into; a module of Node itself has none. */
  readonly file?: string;
  /** Properties that are answered without loading it, as the source of an object. */
  readonly answers?: string;
}

/**
 * Its strings in all languages, promises for its own command runner, glob patterns, versions: each costs up
 * to 3 ms of every step. Of semver it asks only whether this Node is older than 4.2.0.
 */
const parts: readonly DeferredPart[] = [
  { specifier: './lib-resource', file: 'task-lib-strings' },
  { specifier: 'q', file: 'task-lib-q' },
  { specifier: 'minimatch', file: 'task-lib-minimatch' },
  {
    specifier: 'semver',
    file: 'task-lib-semver',
    answers: `{ lt: (a, b) => b !== '4.2.0' && load().lt(a, b) }`,
  },
  { specifier: 'child_process' },
];

const namespace = 'deferred';

/** The deferred modules' sources by the name of the file that each goes into: entries of the build. */
export function deferredEntries(root: string): Readonly<Record<string, string>> {
  const { resolve } = createRequire(join(root, 'node_modules/azure-pipelines-task-lib/task.js'));
  return Object.fromEntries(
    parts.flatMap(({ specifier, file }) =>
      file === undefined ? [] : [[file, resolve(specifier)]],
    ),
  );
}

/**
 * An esbuild plugin: task-lib's files stay as published, but these modules of it load when one of their
 * properties is first read.
 */
export const deferredParts: Plugin = {
  name: 'deferred-parts',
  setup: (bundler) => {
    const specifiers = parts.map(({ specifier }) => specifier.replace('.', '\\.'));
    const filter = new RegExp(`^(${specifiers.join('|')})$`);
    bundler.onResolve({ filter }, ({ importer, path }) =>
      /[\\/]azure-pipelines-task-lib[\\/]\w+\.js$/.test(importer) ? { path, namespace } : undefined,
    );
    bundler.onResolve({ filter: /^\.\/task-lib-/, namespace }, ({ path }) => ({
      path,
      external: true,
    }));
    bundler.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: stub(parts.find(({ specifier }) => specifier === path)),
      resolveDir: '/',
    }));
  },
};

function stub({ specifier, file, answers = '{}' }: DeferredPart = { specifier: '' }): string {
  const loaded =
    file === undefined ? `require('${specifier}')` : `require('./${file}.cjs').default`;
  return `const load = () => ${loaded};
module.exports = new Proxy(${answers}, { get: (known, name) => known[name] ?? load()[name] });`;
}
