import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Microsoft's tasks that the local agent has a stand-in for. */
const STAND_INS = ['CmdLine', 'Bash', 'PublishTestResults', 'DownloadSecureFile'];

const SOURCES = fileURLToPath(new URL('../stand-ins/', import.meta.url));

/**
 * Packs the stand-ins as real task packages under `folder`, so that the agent runs them like any task: in a process of
 * the chosen Node, which cannot run TypeScript by itself.
 */
export async function packStandIns(folder: string): Promise<void> {
  await build({
    entryPoints: STAND_INS.map((name) => ({
      in: join(SOURCES, name, 'main.ts'),
      out: join(name, 'main'),
    })),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'silent',
  });
  for (const name of STAND_INS) {
    await mkdir(join(folder, name), { recursive: true });
    await copyFile(join(SOURCES, name, 'task.json'), join(folder, name, 'task.json'));
  }
}
