import { runScript } from './lib/run-script.ts';
import { bundleTasks } from './lib/build/bundle-tasks.ts';

import { readTasks } from './lib/task-json/read-tasks.ts';

await runScript(async () => {
  const root = process.cwd();
  const tasks = await readTasks(root);
  const bundles = await bundleTasks(
    root,
    tasks.map(({ name }) => name),
  );
  for (const { folder, files } of bundles) {
    for (const { name, bytes } of files) {
      console.log(`${`${folder}/${name}`.padEnd(64)}${Math.ceil(bytes / 1024)} KB`);
    }
  }
});
