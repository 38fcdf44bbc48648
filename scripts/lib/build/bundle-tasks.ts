import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, type Metafile, type OutputFile, build, transform } from 'esbuild';
import { UserError } from '../../../src/core/errors.ts';
import { deferredEntries, deferredParts } from './deferred-parts.ts';
import { oneStart } from './one-start.ts';
import { explainBuild } from './explain-build.ts';
import { copyProblems } from './package-copies.ts';
import { replaceFolder } from './replace-folder.ts';

export interface TaskBundle {
  /** The task's name, such as `PodmanServices`. */
  readonly task: string;
  /** Relative to the repository, such as `tasks/PodmanServices/dist`. */
  readonly folder: string;
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
 * Bundles `main.ts` and, where there is one, `cleanup.ts` of each task into its `dist` folder: main.cjs and
 * cleanup.cjs, which load at once, and what they import dynamically, which loads when it is needed.
 * Nothing is resolved from npm at run time.
 * @throws UserError when a library that must be single is there twice, or not at all.
 */
export async function bundleTasks(
  root: string,
  tasks: readonly string[],
): Promise<readonly TaskBundle[]> {
  return Promise.all(tasks.map((task) => bundleTask(root, task)));
}

/** The sources by the name of the file each goes into. */
async function entriesOf(root: string, task: string): Promise<Readonly<Record<string, string>>> {
  const main = `tasks/${task}/main.ts`;
  const cleanup = `tasks/${task}/cleanup.ts`;
  if (!(await exists(join(root, main)))) {
    const change = 'A task starts there: see `npm run new-task`.';
    throw new UserError([{ where: main, what: 'It is missing.', change }]);
  }
  return (await exists(join(root, cleanup))) ? { main, cleanup } : { main };
}

async function bundleTask(root: string, task: string): Promise<TaskBundle> {
  const entryPoints = await entriesOf(root, task);
  const folder = `tasks/${task}/dist`;
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: { ...entryPoints, ...deferredEntries },
    outdir: folder,
    plugins: [oneStart(join(root, start)), deferredParts(root, join(root, start))],
  }).catch(explainBuild);
  const problems = singletons.flatMap((name) => copyProblems(metafile, name, folder));
  if (problems.length > 0) throw new UserError(problems);
  const files = await Promise.all(outputFiles.map(commonJs));
  await replaceFolder(
    join(root, folder),
    files.flatMap(({ code, map }) => [code, map]),
  );
  const sizes = files.map(({ code: { name, text } }) => ({ name, bytes: Buffer.byteLength(text) }));
  return { task, folder, files: sizes, metafile };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

async function commonJs({
  path,
  text,
}: OutputFile): Promise<{ readonly code: NamedText; readonly map: NamedText }> {
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
  return { code: { name, text: code + link }, map: { name: `${name}.map`, text: map } };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
