import { UserError } from '../src/core/errors.ts';
import { bundleTab, tabFolder } from './lib/build/bundle-tab.ts';
import { runScript } from './lib/run-script.ts';
import { recordedRun } from './lib/tab-host/recorded-run.ts';
import { startTabHost } from './lib/tab-host/start-tab-host.ts';

await runScript(async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    const what = 'It is not said which run to show.';
    const change = 'Name what the local agent wrote by --json, with --work beside it.';
    throw new UserError([{ where: 'npm run tab -- FILE', what, change }]);
  }
  const root = process.cwd();
  const run = await recordedRun(file);
  await bundleTab(root);
  const host = await startTabHost({ root, folder: tabFolder, runs: () => [run] });
  console.log(`The tab Containers of this run: ${host.address({ build: run.id })}`);
  console.log('Ctrl+C ends it.');
});
