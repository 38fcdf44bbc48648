import { basename, join } from 'node:path';
import { type BuildOptions, type Metafile, type OutputFile, build, transform } from 'esbuild';
import { UserError } from '../../../src/core/errors.ts';
import { deferredEntries, deferredParts } from './deferred-parts.ts';
import { explainBuild } from './explain-build.ts';
import { oneStart } from './one-start.ts';
import { copyProblems } from './package-copies.ts';
import { replaceFolder } from './replace-folder.ts';

export interface Bundle {
  /** The files' names and sizes in bytes, without source maps. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** What is in them: esbuild's record of inputs. */
  readonly metafile: Metafile;
}

/** A second copy skips its loading or splits the list of masked secrets (ado-extension.md, bundling). */
const singletons = ['azure-pipelines-task-lib'];

/** What every task starts with. */
const start = 'src/io/pipeline/run-task.ts';

/**
 * esbuild splits ES modules only, so each part becomes CommonJS afterwards. Legal texts are gathered in
 * THIRD-PARTY-NOTICES instead of comments.
 */
const options = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minify: true,
  sourcemap: 'inline',
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'silent',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
} as const satisfies BuildOptions;

/**
 * Bundles sources, given by the name of the file each goes into, as CommonJS into a folder that holds nothing
 * else then. What they import dynamically, and task-lib's deferred parts, are files of their own.
 * @param folder relative to `root`
 * @throws UserError for errors in the sources, and when a library that must be single is not.
 */
export async function bundleEntries(
  root: string,
  entries: Readonly<Record<string, string>>,
  folder: string,
): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: { ...entries, ...deferredEntries },
    outdir: folder,
    plugins: [oneStart(join(root, start)), deferredParts(root, join(root, start))],
  }).catch(explainBuild);
  const problems = singletons.flatMap((name) => copyProblems(metafile, name, folder));
  if (problems.length > 0) throw new UserError(problems);
  const parts = await Promise.all(outputFiles.map(commonJs));
  await replaceFolder(join(root, folder), parts.flat());
  const files = parts.map(([{ name, text }]) => ({ name, bytes: Buffer.byteLength(text) }));
  return { files, metafile };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The code and its source map. */
async function commonJs({ path, text }: OutputFile): Promise<readonly [NamedText, NamedText]> {
  const name = basename(path);
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcefile: name,
  });
  const link = `//# sourceMappingURL=${name}.map\n`;
  return [
    { name, text: code + link },
    { name: `${name}.map`, text: map },
  ];
}
