import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { staleFiles } from '../../scripts/lib/generate/current-files.ts';
import { generatedFiles } from '../../scripts/lib/generate/generated-files.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import { pngSize } from '../../scripts/lib/verify/png-size.ts';

describe('generated files', () => {
  it('are what task.json and the drawings give now', async () => {
    const files = await generatedFiles('.', await readTasks('.'));
    assert.deepEqual(await staleFiles('.', files), [], 'Run `npm run generate`.');
  });

  it('include an extension icon of 128 and task icons of 32 pixels, as the Marketplace shows them', async () => {
    assert.equal(pngSize(await readFile('images/extension-icon.png')), '128x128');
    for (const { folder } of await readTasks('.')) {
      assert.equal(pngSize(await readFile(`${folder}/icon.png`)), '32x32', folder);
    }
  });
});
