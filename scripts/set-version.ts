import { readFile, writeFile } from 'node:fs/promises';
import { UserError } from '../src/core/errors.ts';
import { runScript } from './lib/run-script.ts';
import { readTasks } from './lib/task-json/read-tasks.ts';
import { stampChartVersion, stampTaskVersion, stampVersion } from './lib/version/stamp.ts';
import { taskVersion } from './lib/version/task-version.ts';

await runScript(async () => {
  const version = process.argv[2] ?? '';
  if (taskVersion(1, version) === undefined) {
    const what = `Expected a version such as 1.2.3 with its second number below 100, found "${version}".`;
    throw new UserError([{ what, change: 'Run `npm run set-version -- 1.2.3`.' }]);
  }
  for (const path of ['package.json', 'package-lock.json', 'vss-extension.json']) {
    await rewrite(path, (text) => stampVersion(text, version));
  }
  await rewrite('deploy/chart/Chart.yaml', (text) => stampChartVersion(text, version));
  for (const { folder, json } of await readTasks(process.cwd())) {
    const stamped = taskVersion(json.version.Major, version) ?? json.version;
    await rewrite(`${folder}/task.json`, (text) => stampTaskVersion(text, stamped));
    console.log(`${json.name} ${stamped.Major}.${stamped.Minor}.${stamped.Patch}`);
  }
  console.log(`daemonless-pipelines ${version}: now name the changes in CHANGELOG.md.`);
});

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}
