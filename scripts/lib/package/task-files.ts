import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskBundle } from '../build/bundle-tasks.ts';
import type { Task } from '../task-json/read-tasks.ts';
import type { PackageFile } from './package-file.ts';

/**
 * What of a task goes into the package: `<Task>/v<Major>/` with task.json, icon.png and the bundles. One
 * folder per major version from the first day, as an old major must stay beside a new one. Source maps stay
 * out (they would triple the package): the build is reproducible, so a release's tag gives them again.
 */
export async function taskFiles(
  root: string,
  { name, folder, json }: Task,
  bundle: TaskBundle,
): Promise<readonly PackageFile[]> {
  const code = bundle.files.map((file) => `dist/${file.name}`);
  return Promise.all(
    ['task.json', 'icon.png', ...code].map(async (file) => ({
      path: `${name}/v${json.version.Major}/${file}`,
      content: await readFile(join(root, folder, file)),
    })),
  );
}
