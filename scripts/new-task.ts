import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { format } from 'prettier';
import { UserError } from '../src/core/errors.ts';
import { writeFiles } from './lib/generate/current-files.ts';
import { generatedFiles } from './lib/generate/generated-files.ts';
import { taskSkeleton } from './lib/new-task/task-skeleton.ts';
import { readManifest } from './lib/package/manifest.ts';
import { runScript } from './lib/run-script.ts';
import { readTasks } from './lib/task-json/read-tasks.ts';

await runScript(async () => {
  const name = process.argv[2] ?? '';
  if (!/^[A-Z][A-Za-z0-9]{2,39}$/.test(name) || existsSync(`tasks/${name}`)) {
    const what = `Expected the PascalCase name of a task that is not there yet, found "${name}".`;
    throw new UserError([{ what, change: 'Run `npm run new-task -- ImageReport`.' }]);
  }
  const { version } = await readManifest('.');
  const skeleton = taskSkeleton(name, randomUUID(), version);
  const files = skeleton.map(async ({ path, content }) => ({
    path,
    content: path.endsWith('.json') ? await format(content, { parser: 'json' }) : content,
  }));
  await writeFiles('.', await Promise.all(files));
  await writeFiles('.', await generatedFiles('.', await readTasks('.')));
  for (const { path } of skeleton) console.log(path);
  console.log('\nIts specification fails until you write the first rule. CONTRIBUTING.md goes on.');
});
