import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, type Metafile, build } from 'esbuild';
import { copyProblems } from './package-copies.ts';
import { UserError } from '../../../src/core/errors.ts';

export interface Bundle {
  /** The task's name, such as `PodmanServices`. */
  readonly task: string;
  /** Relative to the repository, such as `tasks/PodmanServices/dist/main.cjs`. */
  readonly path: string;
  readonly bytes: number;
  /** What is in it: esbuild's record of inputs. */
  readonly metafile: Metafile;
}

/** A second copy of these skips its loading or splits the masked secrets (ado-extension.md, bundling). */
const singletons = ['azure-pipelines-task-lib'];

/**
 * One CommonJS file per entry: the handlers start a file by path, and the oldest Node that runs it is 20.
 * Nothing is resolved at run time. Notices go to THIRD-PARTY-NOTICES, so comments are dropped here.
 */
const options = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: true,
  sourcemap: 'linked',
  sourcesContent: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles `main.ts` and, where there is one, `cleanup.ts` of each task into its `dist` folder.
 * @throws UserError when a library that must be single is in a bundle twice, or not at all.
 */
export async function bundleTasks(
  root: string,
  tasks: readonly string[],
): Promise<readonly Bundle[]> {
  const entries = tasks.flatMap((task) =>
    ['main', 'cleanup'].map((entry) => ({ task, entry, source: `tasks/${task}/${entry}.ts` })),
  );
  const bundles = entries.map(async ({ task, entry, source }) => {
    if (!(await exists(join(root, source)))) return [];
    return [await bundle(root, task, source, `tasks/${task}/dist/${entry}.cjs`)];
  });
  return (await Promise.all(bundles)).flat();
}

async function bundle(root: string, task: string, source: string, path: string): Promise<Bundle> {
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [source],
    outfile: path,
  });
  const problems = singletons.flatMap((name) => copyProblems(metafile, name, path));
  if (problems.length > 0) throw new UserError(problems);
  return { task, path, bytes: metafile.outputs[path]?.bytes ?? 0, metafile };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
