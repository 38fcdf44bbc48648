import type { Plugin } from 'esbuild';

/**
 * What task-lib loads at its start although a task reaches it seldom or never: its strings in fifteen
 * languages, promises for its own command runner, glob patterns. Each costs up to 2 ms of every step.
 */
const parts = ['./lib-resource', 'q', 'minimatch', 'child_process'];

const importer = /[\\/]azure-pipelines-task-lib[\\/]\w+\.js$/;
const namespace = 'deferred';
const itself = 'the module itself';

/**
 * An esbuild plugin: task-lib's files stay as published, but these modules of it load when one of their
 * properties is first read.
 */
export const deferredParts: Plugin = {
  name: 'deferred-parts',
  setup: (bundler) => {
    bundler.onResolve({ filter: new RegExp(`^(${parts.join('|')})$`) }, async (args) => {
      if (!importer.test(args.importer) || args.pluginData === itself) return undefined;
      const { path } = await bundler.resolve(args.path, {
        kind: args.kind,
        importer: args.importer,
        resolveDir: args.resolveDir,
        pluginData: itself,
      });
      return { path, namespace };
    });
    bundler.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] });`,
      resolveDir: '/',
    }));
  },
};
