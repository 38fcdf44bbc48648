import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { bundleEntries } from '../../scripts/lib/build/bundle-entries.ts';
import { startPackages } from '../../scripts/lib/build/start-packages.ts';
import { builtTasks } from '../support/built-tasks.ts';

const probe = 'test/fixtures/bundle/task-lib-probe.cjs';

describe('the start of a task', () => {
  it('loads task-lib and no other library; the rest waits until it is needed', async () => {
    for (const { folder, metafile } of await builtTasks()) {
      const packages = startPackages(metafile, `${folder}/main.cjs`);
      assert.deepEqual(packages, ['node_modules/azure-pipelines-task-lib'], folder);
    }
  });

  it('leaves task-lib as it is: what is deferred of it does the same when it is reached', async () => {
    const temp = await mkdtemp(join(tmpdir(), 'probe-'));
    const root = process.cwd();
    await bundleEntries(root, { probe }, relative(root, join(temp, 'dist')));
    const run = (file: string) =>
      execa(process.execPath, [file], { env: { AGENT_TEMPDIRECTORY: temp } });
    const [bundled, plain] = [await run(join(temp, 'dist/probe.cjs')), await run(probe)];
    await rm(temp, { recursive: true });
    assert.match(plain.stdout, /"sync":"again"/);
    assert.equal(bundled.stdout, plain.stdout);
  });
});
