import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, type Metafile, build } from 'esbuild';
import { UserError } from '../../../src/core/errors.ts';
import { explainBuild } from './explain-build.ts';
import { replaceFolder } from './replace-folder.ts';

export interface TabBundle {
  /** Names and sizes in bytes. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly metafile: Metafile;
}

/** Relative to the repository. */
export const tabFolder = 'web/dist';
const page = 'containers.html';

const options = {
  entryPoints: { tab: 'web/main.ts', style: 'web/style.css' },
  entryNames: '[name]',
  outdir: tabFolder,
  bundle: true,
  platform: 'browser',
  format: 'iife',
  // Of 2023. AbortSignal.any is younger: without it earlier runs are left out.
  target: ['chrome111', 'firefox113', 'safari16.4'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles the build page's tab: a page, a script and a style sheet that load nothing from elsewhere.
 * @throws UserError for errors in the sources, and for code that needs Node
 */
export async function bundleTab(root: string): Promise<TabBundle> {
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    plugins: [
      {
        // Core may use what Node has in functions that the tab does not: only then is the import gone at the end.
        name: 'node-modules-are-not-used',
        setup: (bundler) => {
          bundler.onResolve({ filter: /^node:/ }, ({ path }) => ({
            ...{ path, external: true, sideEffects: false },
          }));
        },
      },
    ],
  }).catch(explainBuild);
  refuseNode(metafile);
  const html = { name: page, text: await readFile(join(root, 'web', page), 'utf8') };
  const made = outputFiles.map(({ path, text }) => ({ name: path.split('/').at(-1) ?? '', text }));
  const files = [html, ...made];
  await replaceFolder(join(root, tabFolder), files);
  return {
    files: files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) })),
    metafile,
  };
}

function refuseNode({ outputs }: Metafile): void {
  const used = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  if (used.length === 0) return;
  const what = `The tab would need ${used.join(', ')}, which no browser has.`;
  throw new UserError([{ where: tabFolder, what, change: 'Import what is pure.' }]);
}
