import { join } from 'node:path';
import type { Task } from '../task-json/read-tasks.ts';
import type { GeneratedFile } from './generated-file.ts';
import { icons } from './icons.ts';
import { inputsModule } from './inputs-module.ts';
import { referenceIndex } from './reference-index.ts';
import { referencePage } from './reference-page.ts';

/** Every file that is made: from the tasks' task.json, and the icons from their drawings. */
export async function generatedFiles(
  root: string,
  tasks: readonly Task[],
): Promise<readonly GeneratedFile[]> {
  const perTask = tasks.map(async (task): Promise<GeneratedFile[]> => [
    { path: join(task.folder, 'inputs.generated.ts'), content: await inputsModule(task) },
    { path: `docs/reference/${task.name}.md`, content: await referencePage(task) },
  ]);
  const index = { path: 'docs/reference/README.md', content: await referenceIndex(tasks) };
  const folders = tasks.map(({ folder }) => folder);
  return [...(await Promise.all(perTask)).flat(), index, ...(await icons(root, folders))];
}
