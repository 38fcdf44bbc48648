import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import {
  type PackedResult,
  packageExtension,
} from '../../scripts/lib/package/package-extension.ts';
import { unzip } from '../../scripts/lib/package/zip.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import { budgets } from '../../scripts/lib/verify/package-content.ts';
import { builtTasks } from '../support/built-tasks.ts';

describe('the packed extension', () => {
  let packed: PackedResult;

  before(async () => {
    packed = await packageExtension(process.cwd());
  });

  it('has no tfx warning, no problem, and at most 3 MB', () => {
    assert.ok(packed.bytes <= budgets.package);
  });

  it('is the same byte for byte when it is packed again', async () => {
    const first = await readFile(packed.path);
    const again = await packageExtension(process.cwd());
    assert.equal(again.sha256, packed.sha256);
    assert.deepEqual(await readFile(again.path), first);
  });

  it('is the same in any folder: neither code nor maps, which name the chunks, say where it was built', async () => {
    for (const { folder } of await builtTasks()) {
      for (const name of await readdir(folder)) {
        const text = await readFile(join(folder, name), 'utf8');
        assert.ok(!text.includes(process.cwd()), name);
      }
    }
  });

  it('runs where there is no node_modules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packed-'));
    for (const { path, content } of unzip(await readFile(packed.path))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    for (const { name, json } of await readTasks('.')) {
      const main = join(folder, name, `v${json.version.Major}`, json.execution.Node24.target);
      const { stdout } = await execa(process.execPath, [main], {
        cwd: folder,
        env: { AGENT_TEMPDIRECTORY: folder, INPUT_DRYRUN: 'true' },
      });
      assert.match(stdout, /##vso\[task\.complete result=/);
      assert.doesNotMatch(stdout, /Cannot find module|defect of the task/);
    }
    await rm(folder, { recursive: true });
  });
});
