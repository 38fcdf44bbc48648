import { join } from 'node:path';
import type { Task } from '../task-json/read-tasks.ts';
import { composeKeysPage } from './compose-keys-page.ts';
import { chartReadme } from './chart-readme.ts';
import { foreignPrograms } from './foreign-programs.ts';
import type { GeneratedFile } from './generated-file.ts';
import { icons } from './icons.ts';
import { inputsModule } from './inputs-module.ts';
import { presetsPage } from './presets-page.ts';
import { referenceIndex } from './reference-index.ts';
import { referencePage } from './reference-page.ts';
import { troubleshootingPage } from './troubleshooting-page.ts';
import { troubleshootingServicesPage } from './troubleshooting-services-page.ts';

/** Every file that is made: from the tasks' task.json, from the code's sentences, and icons from drawings. */
export async function generatedFiles(
  root: string,
  tasks: readonly Task[],
): Promise<readonly GeneratedFile[]> {
  const perTask = tasks.map(async (task): Promise<GeneratedFile[]> => [
    { path: join(task.folder, 'inputs.generated.ts'), content: await inputsModule(task) },
    { path: `docs/reference/${task.name}.md`, content: await referencePage(task) },
  ]);
  const index = { path: 'docs/reference/README.md', content: await referenceIndex(tasks) };
  const troubleshooting = {
    path: 'docs/reference/troubleshooting-attach.md',
    content: await troubleshootingPage(),
  };
  const folders = tasks.map(({ folder }) => folder);
  return [
    ...(await Promise.all(perTask)).flat(),
    index,
    troubleshooting,
    await composeKeysPage(),
    await presetsPage(),
    await chartReadme(root),
    ...foreignPrograms(),
    {
      path: 'docs/reference/troubleshooting-services.md',
      content: await troubleshootingServicesPage(),
    },
    ...(await icons(root, folders)),
  ];
}
