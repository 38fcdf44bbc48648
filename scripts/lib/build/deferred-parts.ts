import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';
import { importPath } from './one-start.ts';

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
 * Its strings in all languages, its own command runner and output filter, glob patterns, versions: each costs
 * up to 3 ms of every step. At its start it asks semver only whether this Node is older than 4.2.0, and
 * passes on a class and a list.
 */
const parts: readonly DeferredPart[] = [
  { specifier: './lib-resource', file: 'task-lib-strings' },
  {
    specifier: './toolrunner',
    file: 'task-lib-toolrunner',
    answers: `{ ToolRunner: function (path) { return new (load().ToolRunner)(path); } }`,
  },
  {
    specifier: './externaloutput',
    file: 'task-lib-output',
    answers: `{ defaultAllowedVsoCommands: Object.freeze(['task.debug', 'task.setprogress']) }`,
  },
  { specifier: 'minimatch', file: 'task-lib-minimatch' },
  {
    specifier: 'semver',
    file: 'task-lib-semver',
    answers: `{ lt: (a, b) => b !== '4.2.0' && load().lt(a, b) }`,
  },
  { specifier: 'child_process' },
];

const stubs = 'deferred';
const files = 'deferred-file';

/** Entries of the build by the name of the file that each goes into. */
export const deferredEntries: Readonly<Record<string, string>> = Object.fromEntries(
  parts.flatMap(({ file }) => (file === undefined ? [] : [[file, `${files}:${file}`]])),
);

/**
 * An esbuild plugin: task-lib's files stay as published, but these modules of it load when one of their
 * properties is first read.
 * @param start the module that every task starts with (see oneStart)
 */
export function deferredParts(root: string, start: string): Plugin {
  return {
    name: 'deferred-parts',
    setup: (bundler) => {
      putStubs(bundler, root);
      putFiles(bundler, root, start);
    },
  };
}

/** Where task-lib requires a part it gets a stand-in, which requires the part's file. */
function putStubs(bundler: PluginBuild, root: string): void {
  const specifiers = parts.map(({ specifier }) => specifier.replace('.', '\\.'));
  bundler.onResolve({ filter: new RegExp(`^(${specifiers.join('|')})$`) }, ({ importer, path }) =>
    /[\\/]azure-pipelines-task-lib[\\/](task|internal)\.js$/.test(importer)
      ? { path, namespace: stubs }
      : undefined,
  );
  bundler.onResolve({ filter: /^\.\/task-lib-/, namespace: stubs }, ({ path }) => ({
    path,
    external: true,
  }));
  bundler.onLoad({ filter: /./, namespace: stubs }, ({ path }) => ({
    contents: stub(parts.find(({ specifier }) => specifier === path)),
    resolveDir: root,
  }));
}

function stub({ specifier, file, answers = '{}' }: DeferredPart = { specifier: '' }): string {
  const loaded =
    file === undefined ? `require('${specifier}')` : `require('./${file}.cjs').default`;
  return `const answers = ${answers};
const load = () => ${loaded};
module.exports = new Proxy({}, {
  get: (_, name) => Object.hasOwn(answers, name) ? answers[name] : load()[name],
  has: (_, name) => name in load(),
  ownKeys: () => Reflect.ownKeys(load()),
  getOwnPropertyDescriptor: (_, name) => {
    const found = Object.getOwnPropertyDescriptor(load(), name);
    return found && { ...found, configurable: true };
  },
});`;
}

function putFiles(bundler: PluginBuild, root: string, start: string): void {
  const taskLib = createRequire(join(root, 'node_modules/azure-pipelines-task-lib/task.js'));
  bundler.onResolve({ filter: new RegExp(`^${files}:`) }, ({ path }) => ({
    path: path.slice(files.length + 1),
    namespace: files,
  }));
  bundler.onLoad({ filter: /./, namespace: files }, ({ path }) => {
    const { specifier = '' } = parts.find(({ file }) => file === path) ?? {};
    const [source = '', first = ''] = [taskLib.resolve(specifier), start].map((file) =>
      importPath(join(root, 'deferred'), file),
    );
    return {
      contents: `import '${first}';\nexport default require('${source}');`,
      resolveDir: root,
    };
  });
}
