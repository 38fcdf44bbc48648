import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type BuiltFile, explainBuild } from './explain-build.ts';

const outfile = 'cli/dist/daemonless.cjs';

/**
 * Bundles the command line into one executable file for agent images: it needs Node and nothing beside it.
 * @throws UserError with file and line when a source does not compile
 */
export async function bundleCli(root: string): Promise<BuiltFile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'silent',
  }).catch(explainBuild);
  await chmod(join(root, outfile), 0o755);
  return { name: outfile, bytes: metafile.outputs[outfile]?.bytes ?? 0 };
}
