import { UserError } from '../src/core/errors.ts';
import { runScript } from './lib/run-script.ts';
import { bundleCli } from './lib/build/bundle-cli.ts';
import { bundleTab, tabFolder } from './lib/build/bundle-tab.ts';
import { bundleTasks } from './lib/build/bundle-tasks.ts';
import { readTasks } from './lib/task-json/read-tasks.ts';

await runScript(async () => {
  const root = process.cwd();
  const names = (await readTasks(root)).map(({ name }) => name);
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const what = `There is no task ${unknown.join(', ')}.`;
    throw new UserError([{ what, change: `The tasks are ${names.join(', ')}.` }]);
  }
  const bundles = await bundleTasks(root, wanted.length > 0 ? wanted : names);
  const files = bundles.flatMap(({ folder, files: made }) =>
    made.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes })),
  );
  const others = wanted.length > 0 ? [] : [await bundleCli(root), ...(await tabFiles(root))];
  for (const { name, bytes } of [...files, ...others]) {
    console.log(`${name.padEnd(64)}${Math.ceil(bytes / 1024)} KB`);
  }
});

async function tabFiles(root: string) {
  const { files } = await bundleTab(root);
  return files.map(({ name, bytes }) => ({ name: `${tabFolder}/${name}`, bytes }));
}
