import { runScript } from './lib/run-script.ts';

import { staleFiles, writeFiles } from './lib/generate/current-files.ts';
import { generatedFiles } from './lib/generate/generated-files.ts';
import { readTasks } from './lib/task-json/read-tasks.ts';

await runScript(async () => {
  const root = process.cwd();
  const files = await generatedFiles(root, await readTasks(root));
  const stale = await staleFiles(root, files);
  if (process.argv.includes('--check')) {
    stale.forEach((path) => {
      console.error(`${path} is not current: run \`npm run generate\`.`);
    });
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  await writeFiles(
    root,
    files.filter(({ path }) => stale.includes(path)),
  );
  console.log(stale.length === 0 ? 'All generated files were current.' : stale.join('\n'));
});
