import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';
import { bundleTab } from '../build/bundle-tab.ts';
import { bundleTasks } from '../build/bundle-tasks.ts';
import { readTasks } from '../task-json/read-tasks.ts';
import { taskBytes } from '../verify/package-content.ts';
import { verifyPackage } from '../verify/verify-package.ts';
import { runTfx } from './run-tfx.ts';
import { stagePackage } from './stage.ts';
import { unzip, zipReproducibly } from './zip.ts';

export interface PackedResult {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Unpacked bytes of each task and major, such as `PodmanServices/v1`. */
  readonly tasks: ReadonlyMap<string, number>;
}

/**
 * Builds, stages, packs and verifies the extension; equal sources give equal bytes.
 * @throws UserError with every problem found in the packed result, or what tfx says.
 */
export async function packageExtension(root: string): Promise<PackedResult> {
  const tasks = await readTasks(root);
  const names = tasks.map(({ name }) => name);
  const stage = join(root, '.stage');
  const [bundles, tab] = await Promise.all([bundleTasks(root, names), bundleTab(root)]);
  const manifest = await stagePackage(root, stage, tasks, bundles, tab);
  const packed = join(stage, 'unverified.vsix');
  await runTfx(root, stage, packed);
  const files = unzip(await readFile(packed));
  const zip = zipReproducibly(files);
  const problems = verifyPackage({ files, bytes: zip.byteLength }, manifest.version);
  if (problems.length > 0) throw new UserError(problems);
  const path = join(root, `${manifest.id}-${manifest.version}.vsix`);
  await writeFile(path, zip);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  return { path, bytes: zip.byteLength, sha256, tasks: taskBytes(files) };
}
